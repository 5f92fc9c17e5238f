library(arrow)
library(dplyr)

judged <- open_dataset("assessment_of_day") |> collect() |> filter(night == max(night)) |>
  group_by(edition) |> slice_max(as_of) |> select(edition, assessment_id)
answer <- open_dataset("site_result") |> collect() |> inner_join(judged, by = "assessment_id") |>
  mutate(any_score = coalesce(score, score_ceiling)) |> filter(!is.na(any_score)) |>
  group_by(edition, from_score = floor(any_score / 10) * 10) |> summarise(sites = n(), settled = sum(!is.na(score)), .groups = "drop")

library(arrow)
library(dplyr)

judged <- open_dataset("assessment_of_day") |> collect() |> filter(night == max(night)) |> select(edition, as_of, assessment_id)
answer <- open_dataset("site_result") |> collect() |> inner_join(judged, by = "assessment_id") |>
  group_by(as_of, edition) |>
  summarise(qualified = sum(verdict == "qualified"), unqualified = sum(verdict == "unqualified"),
            unmeasured = sum(verdict == "unmeasured"), .groups = "drop") |>
  mutate(qualified_share = round(qualified / (qualified + unqualified), 3))

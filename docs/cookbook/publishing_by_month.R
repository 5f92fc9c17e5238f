library(arrow)
library(dplyr)

section <- open_dataset("section") |> collect() |> filter(night == max(night)) |>
  select(site_code, section_url = url, section_name = name, class)
answer <- open_dataset("section_day") |> collect() |> filter(night == max(night), published_on >= as.Date("2020-01-01")) |>
  inner_join(section, by = c("site_code", "section_url", "section_name")) |>
  group_by(class, month = lubridate::month(published_on)) |> summarise(entries = sum(entries), .groups = "drop_last") |>
  mutate(share = round(entries / sum(entries), 3))

library(arrow)
library(dplyr)

site <- open_dataset("site") |> collect() |> filter(night == max(night)) |> select(site_code, unit)
answer <- open_dataset("ledger") |> collect() |> filter(night == max(night)) |>
  inner_join(site, by = "site_code") |>
  mutate(days = as.integer(fixed_on - since_on), standing = state %in% c("new", "open", "reopened", "overdue")) |>
  group_by(unit) |>
  summarise(faults = n(), fixed = sum(state == "fixed"), median_days = median(days, na.rm = TRUE),
            oldest_standing_on = min(since_on[standing])) |>
  arrange(desc(faults), unit)

library(arrow)
library(dplyr)

answer <- open_dataset("ledger") |> collect() |> filter(night == max(night)) |>
  mutate(days = as.integer(fixed_on - since_on)) |>
  group_by(check_id) |>
  summarise(faults = n(), fixed = sum(state == "fixed"), median_days = median(days, na.rm = TRUE),
            slowest_tenth_days = quantile(days, 0.9, na.rm = TRUE),
            standing = sum(state %in% c("new", "open", "reopened", "overdue"))) |>
  arrange(desc(faults), check_id)

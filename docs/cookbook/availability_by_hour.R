library(arrow)
library(dplyr)

ours <- c("blocked", "robots_denied", "budget_spent", "render_failed", "not_attempted", "other")
answer <- open_dataset("probe") |> filter(is.na(voided), !outcome %in% ours) |> select(probed_at, outcome) |> collect() |>
  mutate(hour = lubridate::hour(probed_at + 8 * 3600), failed = !outcome %in% c("ok", "redirect_offsite", "too_large")) |>
  group_by(hour) |> summarise(attempts = n(), failed = sum(failed), failed_share = round(failed / attempts, 4))

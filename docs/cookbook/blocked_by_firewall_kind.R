library(arrow)
library(dplyr)

probe <- open_dataset("probe") |> filter(is.na(voided)) |> select(site_code, outcome, status) |> collect()
answer <- probe |> filter(outcome == "blocked") |>
  mutate(kind = if_else(is.na(status) | status < 400, "challenge", as.character(status))) |>
  group_by(kind) |> summarise(sites = n_distinct(site_code), probes = n(), share = round(n() / nrow(probe), 4)) |>
  arrange(desc(probes), kind)

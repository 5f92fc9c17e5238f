library(arrow)
library(dplyr)

listed <- open_dataset("entry") |> distinct(site_code, section_url, url, class, published_on, first_seen_on) |> collect()
answer <- listed |> group_by(site_code, section_url) |> filter(first_seen_on > min(first_seen_on), !is.na(published_on)) |>
  ungroup() |> mutate(days = as.integer(first_seen_on - published_on)) |>
  group_by(class) |>
  summarise(entries = n(), same_day = sum(days == 0), median_days = median(days),
            slowest_tenth_days = quantile(days, 0.9), late = sum(days > 7))

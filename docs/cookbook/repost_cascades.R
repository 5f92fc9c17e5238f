library(arrow)
library(dplyr)

copy <- open_dataset("page") |> filter(kind == "article", !is.na(text_sha256), !is.na(published_at)) |>
  select(text_sha256, site_code, url, title, published_at) |> collect() |>
  arrange(published_at, url) |> group_by(text_sha256, site_code) |> slice(1) |> ungroup() |>
  mutate(published_on = as.Date(published_at)) |> arrange(published_on, site_code)
answer <- copy |> group_by(text_sha256) |>
  summarise(title = first(title), sites = n(), first_site = first(site_code), first_on = min(published_on),
            days = as.integer(max(published_on) - min(published_on))) |>
  filter(sites >= 2) |> arrange(desc(sites), first_on, text_sha256)

library(arrow)
library(dplyr)

life <- open_dataset("link_life") |> filter(night == max(night)) |> collect()
fit <- survival::survfit(survival::Surv(days_dead, !is.na(mended_on)) ~ 1, data = life)
answer <- data.frame(days = fit$time, at_risk = fit$n.risk, mended = fit$n.event, still_dead = round(fit$surv, 3))

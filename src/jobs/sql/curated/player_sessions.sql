-- target: ${curated}.player_sessions

SELECT
  player,
  date_trunc('minute', played_at) AS minute,
  count(*) AS events,
  count(DISTINCT game) AS games,
  count(DISTINCT session) AS sessions,
  coalesce(sum(CASE WHEN event = 'score' THEN score END), 0) AS score,
  max(level) AS top_level,
  play_date
FROM ${clean}.play_logs
GROUP BY player, date_trunc('minute', played_at), play_date

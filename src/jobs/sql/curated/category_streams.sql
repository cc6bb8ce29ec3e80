-- target: ${curated}.category_streams

SELECT
  category,
  event_type,
  count(*) AS streams,
  count(DISTINCT film_id) AS films
FROM ${curated}.streaming_films
GROUP BY category, event_type

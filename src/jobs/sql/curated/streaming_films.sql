-- target: ${curated}.streaming_films

-- A film may have several categories or none, and an event counts once all the same: the category that comes first in the alphabet stands for all.
CREATE TEMPORARY VIEW films AS
SELECT
  film_id,
  min(title) AS title,
  min(release_year) AS release_year,
  min(language) AS language,
  min(rating) AS rating,
  min(category) AS category
FROM ${curated}.film_category
GROUP BY film_id;

SELECT
  e.event_id,
  e.event_time,
  e.event_type,
  e.distributor,
  e.platform,
  e.state,
  e.film_id,
  f.title,
  f.release_year,
  f.language,
  f.rating,
  f.category,
  e.event_date
FROM ${clean}.film_events AS e
LEFT JOIN films AS f ON f.film_id = e.film_id

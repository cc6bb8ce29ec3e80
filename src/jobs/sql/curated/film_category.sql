-- target: ${curated}.film_category

-- A film without a category stays, with none: whoever counts films counts all of them.
SELECT
  f.film_id,
  f.title,
  f.release_year,
  l.name AS language,
  o.name AS original_language,
  f.rental_duration,
  f.rental_rate,
  f.length,
  f.rating,
  c.category_id,
  c.name AS category
FROM ${clean}.film AS f
LEFT JOIN ${clean}.film_category AS fc ON fc.film_id = f.film_id
LEFT JOIN ${clean}.category AS c ON c.category_id = fc.category_id
LEFT JOIN ${clean}.language AS l ON l.language_id = f.language_id
LEFT JOIN ${clean}.language AS o ON o.language_id = f.original_language_id

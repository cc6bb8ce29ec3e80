-- target: ${curated}.film_revenue

-- Rentals count in the month in which they were taken, payments in the month in which they were made: a copy that is taken in May and paid in June
-- is in both. A payment without a rental, such as an outstanding fee, has neither film nor store and stays in the sum.
CREATE TEMPORARY VIEW films AS
SELECT film_id, min(title) AS title, min(category) AS category
FROM ${curated}.film_category
GROUP BY film_id;

CREATE TEMPORARY VIEW movements AS
SELECT i.film_id, i.store_id, substr(CAST(r.rental_date AS string), 1, 7) AS month, 1 AS rentals, 0 AS payments, CAST(0 AS decimal(5,2)) AS amount
FROM ${clean}.rental AS r
LEFT JOIN ${clean}.inventory AS i ON i.inventory_id = r.inventory_id
UNION ALL
SELECT i.film_id, i.store_id, substr(CAST(p.payment_date AS string), 1, 7) AS month, 0 AS rentals, 1 AS payments, p.amount
FROM ${clean}.payment AS p
LEFT JOIN ${clean}.rental AS r ON r.rental_id = p.rental_id
LEFT JOIN ${clean}.inventory AS i ON i.inventory_id = r.inventory_id;

SELECT
  m.film_id,
  min(f.title) AS title,
  min(f.category) AS category,
  m.store_id,
  sum(m.rentals) AS rentals,
  sum(m.payments) AS payments,
  sum(m.amount) AS revenue,
  m.month
FROM movements AS m
LEFT JOIN films AS f ON f.film_id = m.film_id
GROUP BY m.film_id, m.store_id, m.month

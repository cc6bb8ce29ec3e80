-- Made after the rows, which these would give the time of their loading: the same seed shall give the same rows.
CREATE TRIGGER customer_dated BEFORE INSERT ON customer FOR EACH ROW SET NEW.create_date = now();
CREATE TRIGGER payment_dated BEFORE INSERT ON payment FOR EACH ROW SET NEW.payment_date = now();
CREATE TRIGGER rental_dated BEFORE INSERT ON rental FOR EACH ROW SET NEW.rental_date = now();

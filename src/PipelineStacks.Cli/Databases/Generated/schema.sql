-- A database in Sakila's shape: the tables, types and keys of MySQL's sample, without its views and routines.
DROP DATABASE IF EXISTS sakila;
CREATE DATABASE sakila CHARACTER SET utf8mb4;
USE sakila;

CREATE TABLE country (
  country_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  country varchar(50) NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp
) ENGINE = InnoDB;

CREATE TABLE city (
  city_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  city varchar(50) NOT NULL,
  country_id smallint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  FOREIGN KEY (country_id) REFERENCES country (country_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE address (
  address_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  address varchar(50) NOT NULL,
  address2 varchar(50),
  district varchar(20) NOT NULL,
  city_id smallint unsigned NOT NULL,
  postal_code varchar(10),
  phone varchar(20) NOT NULL,
  location geometry NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  FOREIGN KEY (city_id) REFERENCES city (city_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE actor (
  actor_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  first_name varchar(45) NOT NULL,
  last_name varchar(45) NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  KEY (last_name)
) ENGINE = InnoDB;

CREATE TABLE category (
  category_id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name varchar(25) NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp
) ENGINE = InnoDB;

CREATE TABLE language (
  language_id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name char(20) NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp
) ENGINE = InnoDB;

CREATE TABLE film (
  film_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  title varchar(128) NOT NULL,
  description text,
  release_year year,
  language_id tinyint unsigned NOT NULL,
  original_language_id tinyint unsigned,
  rental_duration tinyint unsigned NOT NULL DEFAULT 3,
  rental_rate decimal(4,2) NOT NULL DEFAULT 4.99,
  length smallint unsigned,
  replacement_cost decimal(5,2) NOT NULL DEFAULT 19.99,
  rating enum('G', 'PG', 'PG-13', 'R', 'NC-17') DEFAULT 'G',
  special_features set('Trailers', 'Commentaries', 'Deleted Scenes', 'Behind the Scenes'),
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  KEY (title),
  FOREIGN KEY (language_id) REFERENCES language (language_id) ON UPDATE CASCADE,
  FOREIGN KEY (original_language_id) REFERENCES language (language_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE film_text (
  film_id smallint NOT NULL PRIMARY KEY,
  title varchar(255) NOT NULL,
  description text,
  FULLTEXT KEY (title, description)
) ENGINE = InnoDB;

CREATE TABLE film_actor (
  actor_id smallint unsigned NOT NULL,
  film_id smallint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  PRIMARY KEY (actor_id, film_id),
  FOREIGN KEY (actor_id) REFERENCES actor (actor_id) ON UPDATE CASCADE,
  FOREIGN KEY (film_id) REFERENCES film (film_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE film_category (
  film_id smallint unsigned NOT NULL,
  category_id tinyint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  PRIMARY KEY (film_id, category_id),
  FOREIGN KEY (film_id) REFERENCES film (film_id) ON UPDATE CASCADE,
  FOREIGN KEY (category_id) REFERENCES category (category_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE store (
  store_id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  manager_staff_id tinyint unsigned NOT NULL UNIQUE,
  address_id smallint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  FOREIGN KEY (address_id) REFERENCES address (address_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE staff (
  staff_id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  first_name varchar(45) NOT NULL,
  last_name varchar(45) NOT NULL,
  address_id smallint unsigned NOT NULL,
  picture blob,
  email varchar(50),
  store_id tinyint unsigned NOT NULL,
  active boolean NOT NULL DEFAULT true,
  username varchar(16) NOT NULL,
  password varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  FOREIGN KEY (store_id) REFERENCES store (store_id) ON UPDATE CASCADE,
  FOREIGN KEY (address_id) REFERENCES address (address_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

ALTER TABLE store ADD FOREIGN KEY (manager_staff_id) REFERENCES staff (staff_id) ON UPDATE CASCADE;

CREATE TABLE customer (
  customer_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  store_id tinyint unsigned NOT NULL,
  first_name varchar(45) NOT NULL,
  last_name varchar(45) NOT NULL,
  email varchar(50),
  address_id smallint unsigned NOT NULL,
  active boolean NOT NULL DEFAULT true,
  create_date datetime NOT NULL,
  last_update timestamp NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  KEY (last_name),
  FOREIGN KEY (address_id) REFERENCES address (address_id) ON UPDATE CASCADE,
  FOREIGN KEY (store_id) REFERENCES store (store_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE inventory (
  inventory_id mediumint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  film_id smallint unsigned NOT NULL,
  store_id tinyint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  KEY (store_id, film_id),
  FOREIGN KEY (store_id) REFERENCES store (store_id) ON UPDATE CASCADE,
  FOREIGN KEY (film_id) REFERENCES film (film_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE rental (
  rental_id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  rental_date datetime NOT NULL,
  inventory_id mediumint unsigned NOT NULL,
  customer_id smallint unsigned NOT NULL,
  return_date datetime,
  staff_id tinyint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  UNIQUE KEY (rental_date, inventory_id, customer_id),
  FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON UPDATE CASCADE,
  FOREIGN KEY (inventory_id) REFERENCES inventory (inventory_id) ON UPDATE CASCADE,
  FOREIGN KEY (customer_id) REFERENCES customer (customer_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TABLE payment (
  payment_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id smallint unsigned NOT NULL,
  staff_id tinyint unsigned NOT NULL,
  rental_id int,
  amount decimal(5,2) NOT NULL,
  payment_date datetime NOT NULL,
  last_update timestamp NULL DEFAULT current_timestamp ON UPDATE current_timestamp,
  FOREIGN KEY (rental_id) REFERENCES rental (rental_id) ON DELETE SET NULL ON UPDATE CASCADE,
  FOREIGN KEY (customer_id) REFERENCES customer (customer_id) ON UPDATE CASCADE,
  FOREIGN KEY (staff_id) REFERENCES staff (staff_id) ON UPDATE CASCADE
) ENGINE = InnoDB;

CREATE TRIGGER film_inserted AFTER INSERT ON film FOR EACH ROW
  INSERT INTO film_text (film_id, title, description) VALUES (NEW.film_id, NEW.title, NEW.description);
CREATE TRIGGER film_updated AFTER UPDATE ON film FOR EACH ROW
  UPDATE film_text SET film_id = NEW.film_id, title = NEW.title, description = NEW.description WHERE film_id = OLD.film_id;
CREATE TRIGGER film_deleted AFTER DELETE ON film FOR EACH ROW
  DELETE FROM film_text WHERE film_id = OLD.film_id;

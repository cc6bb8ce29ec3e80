using static PipelineStacks.Model.Datasets.Column;

namespace PipelineStacks.Model.Datasets;

/// <summary>
/// The 16 tables of MySQL's sample database, a chain that rents films out. The types are those of its schema, version 1.2; the decisions about what
/// they become are in <see cref="MySqlType"/>. Another table is another definition in this list.
/// </summary>
internal static class Sakila
{
    private const string Schema = "sakila";

    public static IReadOnlyList<Dataset> Definitions { get; } =
    [
        Table("actor", "An actor", ["actor_id"],
        [
            FromMySql("actor_id", "smallint unsigned", "The actor"),
            FromMySql("first_name", "varchar(45)", "The first name"),
            FromMySql("last_name", "varchar(45)", "The last name"),
            LastUpdate,
        ]),
        Table("address", "The address of a customer, of staff or of a store", ["address_id"],
        [
            FromMySql("address_id", "smallint unsigned", "The address"),
            FromMySql("address", "varchar(50)", "Street and number"),
            FromMySql("address2", "varchar(50)", "A second line"),
            FromMySql("district", "varchar(20)", "The district, state or province"),
            FromMySql("city_id", "smallint unsigned", "The city"),
            FromMySql("postal_code", "varchar(10)", "The postal code"),
            FromMySql("phone", "varchar(20)", "The telephone number"),
            FromMySql("location", "geometry", "The place on the map: SRID and well-known binary"),
            LastUpdate,
        ]),
        Table("category", "A kind of film", ["category_id"],
        [
            FromMySql("category_id", "tinyint unsigned", "The category"),
            FromMySql("name", "varchar(25)", "Its name"),
            LastUpdate,
        ],
        new NotNull("name")),
        Table("city", "A city", ["city_id"],
        [
            FromMySql("city_id", "smallint unsigned", "The city"),
            FromMySql("city", "varchar(50)", "Its name"),
            FromMySql("country_id", "smallint unsigned", "The country"),
            LastUpdate,
        ]),
        Table("country", "A country", ["country_id"],
        [
            FromMySql("country_id", "smallint unsigned", "The country"),
            FromMySql("country", "varchar(50)", "Its name"),
            LastUpdate,
        ]),
        Table("customer", "Somebody who rents films", ["customer_id"],
        [
            FromMySql("customer_id", "smallint unsigned", "The customer"),
            FromMySql("store_id", "tinyint unsigned", "The customer's home store"),
            FromMySql("first_name", "varchar(45)", "The first name"),
            FromMySql("last_name", "varchar(45)", "The last name"),
            FromMySql("email", "varchar(50)", "The e-mail address"),
            FromMySql("address_id", "smallint unsigned", "The address"),
            FromMySql("active", "boolean", "1 for a customer who may rent, else 0"),
            FromMySql("create_date", "datetime", "When the customer was added"),
            LastUpdate,
        ],
        new NotNull("store_id"), new InRange("active", 0, 1)),
        Table("film", "A film", ["film_id"],
        [
            FromMySql("film_id", "smallint unsigned", "The film"),
            FromMySql("title", "varchar(128)", "Its title"),
            FromMySql("description", "text", "What it is about"),
            FromMySql("release_year", "year", "The year in which it was released"),
            FromMySql("language_id", "tinyint unsigned", "Its language"),
            FromMySql("original_language_id", "tinyint unsigned", "The language that it was dubbed from"),
            FromMySql("rental_duration", "tinyint unsigned", "Days that it is rented for"),
            FromMySql("rental_rate", "decimal(4,2)", "What that costs"),
            FromMySql("length", "smallint unsigned", "Its length in minutes"),
            FromMySql("replacement_cost", "decimal(5,2)", "What is charged when it doesn't come back"),
            FromMySql("rating", "enum('G','PG','PG-13','R','NC-17')", "Who may see it: the label G, PG, PG-13, R or NC-17"),
            FromMySql(
                "special_features",
                "set('Trailers','Commentaries','Deleted Scenes','Behind the Scenes')",
                "What else is on the disc: labels joined by commas"),
            LastUpdate,
        ],
        new NotNull("title"), new NotNull("language_id"), new InRange("rental_rate", 0, 99.99m), new OneOf("rating", "G", "PG", "PG-13", "R", "NC-17")),
        Table("film_actor", "An actor's part in a film", ["actor_id", "film_id"],
        [
            FromMySql("actor_id", "smallint unsigned", "The actor"),
            FromMySql("film_id", "smallint unsigned", "The film"),
            LastUpdate,
        ]),
        Table("film_category", "A film's category", ["film_id", "category_id"],
        [
            FromMySql("film_id", "smallint unsigned", "The film"),
            FromMySql("category_id", "tinyint unsigned", "The category"),
            LastUpdate,
        ]),
        Table("film_text", "A film's title and description, kept by triggers for full-text search", ["film_id"],
        [
            FromMySql("film_id", "smallint", "The film"),
            FromMySql("title", "varchar(255)", "Its title"),
            FromMySql("description", "text", "What it is about"),
        ]),
        Table("inventory", "A copy of a film in a store", ["inventory_id"],
        [
            FromMySql("inventory_id", "mediumint unsigned", "The copy"),
            FromMySql("film_id", "smallint unsigned", "The film"),
            FromMySql("store_id", "tinyint unsigned", "The store"),
            LastUpdate,
        ],
        new NotNull("film_id"), new NotNull("store_id")),
        Table("language", "A language", ["language_id"],
        [
            FromMySql("language_id", "tinyint unsigned", "The language"),
            FromMySql("name", "char(20)", "Its name"),
            LastUpdate,
        ],
        new NotNull("name")),
        Table("payment", "A payment of a customer", ["payment_id"],
        [
            FromMySql("payment_id", "smallint unsigned", "The payment"),
            FromMySql("customer_id", "smallint unsigned", "Who paid"),
            FromMySql("staff_id", "tinyint unsigned", "Who took the money"),
            FromMySql("rental_id", "int", "What it was for; none for an outstanding fee"),
            FromMySql("amount", "decimal(5,2)", "How much"),
            FromMySql("payment_date", "datetime", "When"),
            LastUpdate,
        ],
        new NotNull("customer_id"), new NotNull("payment_date"), new InRange("amount", 0, 999.99m)),
        Table("rental", "A copy of a film that a customer took", ["rental_id"],
        [
            FromMySql("rental_id", "int", "The rental"),
            FromMySql("rental_date", "datetime", "When it was taken"),
            FromMySql("inventory_id", "mediumint unsigned", "The copy"),
            FromMySql("customer_id", "smallint unsigned", "Who took it"),
            FromMySql("return_date", "datetime", "When it came back; none while it is out"),
            FromMySql("staff_id", "tinyint unsigned", "Who handed it out"),
            LastUpdate,
        ],
        new NotNull("rental_date"), new NotNull("inventory_id"), new NotNull("customer_id")),
        Table("staff", "Somebody who works in a store", ["staff_id"],
        [
            FromMySql("staff_id", "tinyint unsigned", "The person"),
            FromMySql("first_name", "varchar(45)", "The first name"),
            FromMySql("last_name", "varchar(45)", "The last name"),
            FromMySql("address_id", "smallint unsigned", "The address"),
            FromMySql("picture", "blob", "A photograph, as PNG"),
            FromMySql("email", "varchar(50)", "The e-mail address"),
            FromMySql("store_id", "tinyint unsigned", "The store"),
            FromMySql("active", "boolean", "1 for somebody who still works there, else 0"),
            FromMySql("username", "varchar(16)", "The name to log in with"),
            FromMySql("password", "varchar(40)", "The hashed password"),
            LastUpdate,
        ]),
        Table("store", "A store", ["store_id"],
        [
            FromMySql("store_id", "tinyint unsigned", "The store"),
            FromMySql("manager_staff_id", "tinyint unsigned", "Who runs it"),
            FromMySql("address_id", "smallint unsigned", "The address"),
            LastUpdate,
        ]),
    ];

    private static Column LastUpdate => FromMySql("last_update", "timestamp", "When the row was last changed");

    private static Dataset Table(string name, string description, string[] key, Column[] columns, params QualityRule[] quality) => new()
    {
        Name = name,
        Pipeline = "sakila",
        Description = description,
        Columns = columns,
        Key = key,
        Source = new DatabaseSource(Schema, name),
        Quality = [new Unique(key), .. key.Select(column => new NotNull(column)), .. quality],
        Freshness = TimeSpan.FromMinutes(15),
    };
}

using System.Globalization;
using System.Text;
using Bogus;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Databases;

/// <summary>
/// Makes up a database in Sakila's shape: its tables, types and counts, rows that refer to each other as its do, and none of its rows. The same
/// seed gives the same rows. What the lake's results are checked by holds here, too: a film has one category, and so many films have each.
/// </summary>
internal sealed class SakilaGenerator(ulong seed)
{
    public const ulong DefaultSeed = 1;

    private static readonly (string Name, int Films)[] Categories =
    [
        ("Action", 64), ("Animation", 66), ("Children", 60), ("Classics", 57), ("Comedy", 58), ("Documentary", 68), ("Drama", 62), ("Family", 69),
        ("Foreign", 73), ("Games", 61), ("Horror", 56), ("Music", 51), ("New", 63), ("Sci-Fi", 61), ("Sports", 74), ("Travel", 57),
    ];

    private static readonly string[] Languages = ["English", "Italian", "Japanese", "Mandarin", "French", "German"];
    private static readonly string[] Ratings = ["G", "PG", "PG-13", "R", "NC-17"];
    private static readonly string[] Features = ["Trailers", "Commentaries", "Deleted Scenes", "Behind the Scenes"];
    private static readonly string[] Rates = ["0.99", "2.99", "4.99"];

    // 40 by 25: a thousand titles, all different.
    private static readonly string[] Kinds =
    [
        "AMBER", "ANCIENT", "BRIGHT", "BROKEN", "CRIMSON", "CURIOUS", "DISTANT", "DUSTY", "EAGER", "ELECTRIC", "EMPTY", "FADING", "FEARLESS", "FROZEN", "GENTLE",
        "GOLDEN", "HIDDEN", "HOLLOW", "IRON", "JADE", "LONELY", "LOST", "LUCKY", "MIDNIGHT", "NORTHERN", "PAPER", "QUIET", "RECKLESS", "RESTLESS", "RIVAL",
        "SCARLET", "SECOND", "SECRET", "SILENT", "SILVER", "STOLEN", "SUDDEN", "TWISTED", "VELVET", "WANDERING",
    ];

    private static readonly string[] Things =
    [
        "ARCHIVE", "BRIDGE", "CARAVAN", "CIRCUS", "COMET", "COMPASS", "DETECTIVE", "EMPIRE", "FERRY", "GARDEN", "HARBOR", "HORIZON", "ISLAND", "LANTERN", "MACHINE",
        "ORCHESTRA", "PASSENGER", "RIVER", "SHADOW", "SIGNAL", "STATION", "TEMPEST", "VALLEY", "VOYAGE", "WINDOW",
    ];

    private static readonly DateTime FirstRental = new(2005, 5, 24, 22, 53, 0);
    private static readonly DateTime Updated = new(2006, 2, 15, 4, 34, 33);

    private readonly Xoshiro _random = new(seed);
    private readonly Faker _faker = new("en") { Random = new Randomizer((int)(seed & int.MaxValue)) };
    // Staff and stores refer to each other, so that neither could be first.
    private readonly StringBuilder _data = new("USE sakila;\nSET FOREIGN_KEY_CHECKS = 0;\n");

    public SampleDatabase Generate()
    {
        Places();
        Films();
        Stores();
        Customers();
        Rentals();
        return new($"a generated database in Sakila's shape, seed {seed}", Resource("schema.sql"), _data + Resource("triggers.sql"));
    }

    private void Places()
    {
        Insert("country", Distinct("country", _faker.Address.Country, 50).Select((name, i) => Row(i + 1, name, Updated)));
        Insert("city", Distinct("city", _faker.Address.City, 50).Select((name, i) => Row(i + 1, name, i < Count("country") ? i + 1 : Any("country"), Updated)));
        Insert("address", Enumerable.Range(1, Count("address")).Select(id => Row(
            id,
            Short(_faker.Address.StreetAddress(), 50),
            id < 5 ? null : "",
            Short(_faker.Address.State(), 20),
            id <= Count("city") ? id : Any("city"),
            id < 3 ? "" : _faker.Address.ZipCode("#####"),
            id < 3 ? "" : _faker.Random.ReplaceNumbers("############"),
            new Sql(string.Create(CultureInfo.InvariantCulture, $"ST_GeomFromText('POINT({(_random.NextDouble() * 360) - 180:0.0000} {(_random.NextDouble() * 180) - 90:0.0000})')")),
            Updated)));
    }

    private void Films()
    {
        Insert("actor", Enumerable.Range(1, Count("actor")).Select(id => Row(id, Upper(_faker.Name.FirstName()), Upper(_faker.Name.LastName()), Updated)));
        Insert("category", Categories.Select((category, i) => Row(i + 1, category.Name, Updated)));
        Insert("language", Languages.Select((name, i) => Row(i + 1, name, Updated)));
        Insert("film", Enumerable.Range(1, Count("film")).Select(id =>
        {
            var title = $"{Kinds[(id - 1) / Things.Length]} {Things[(id - 1) % Things.Length]}";
            var features = string.Join(',', Features.Where(_ => _random.NextBelow(2) == 0));
            return Row(
                id, title, $"A {_faker.Hacker.Adjective()} story of a {_faker.Name.JobTitle()} who must find a {_faker.Hacker.Noun()} in {_faker.Address.Country()}", 2006, 1, null,
                3 + _random.NextBelow(5), new Sql(Rates[_random.NextBelow(Rates.Length)]), 46 + _random.NextBelow(140), new Sql($"{9 + _random.NextBelow(21)}.99"),
                Ratings[_random.NextBelow(Ratings.Length)], features.Length == 0 ? Features[0] : features, Updated);
        }));
        Insert("film_actor", FilmActors().Order().Select(pair => Row(pair.Actor, pair.Film, Updated)));
        var categories = Categories.SelectMany((category, i) => Enumerable.Repeat(i + 1, category.Films)).ToArray();
        Shuffle(categories);
        Insert("film_category", categories.Select((category, i) => Row(i + 1, category, Updated)));
    }

    private void Stores()
    {
        Insert("staff", Enumerable.Range(1, Count("staff")).Select(id => Row(
            id, _faker.Name.FirstName(), _faker.Name.LastName(), id, id == 1 ? Picture() : null, $"staff{id}@example.com", id, 1, $"staff{id}", null, Updated)));
        Insert("store", Enumerable.Range(1, Count("store")).Select(id => Row(id, id, id, Updated)));
    }

    private void Customers() => Insert("customer", Enumerable.Range(1, Count("customer")).Select(id =>
    {
        var (first, last) = (_faker.Name.FirstName(), _faker.Name.LastName());
        return Row(id, 1 + _random.NextBelow(2), Upper(first), Upper(last), Short($"{first}.{last}@example.com", 50), id + 4, _random.NextBelow(40) == 0 ? 0 : 1, FirstRental.AddDays(-100), Updated);
    }));

    private void Rentals()
    {
        Insert("inventory", Enumerable.Range(1, Count("inventory")).Select(id => Row(id, 1 + ((id - 1) % Count("film")), 1 + _random.NextBelow(2), Updated)));
        var rentals = Enumerable.Range(1, Count("rental")).Select(id =>
        {
            var rented = FirstRental.AddMinutes(8 * id).AddSeconds(_random.NextBelow(480));
            var returned = id > Count("rental") - 183 ? (DateTime?)null : rented.AddHours(24 + _random.NextBelow(200));
            return (Id: id, Rented: rented, Inventory: Any("inventory"), Customer: Any("customer"), Returned: returned, Staff: 1 + _random.NextBelow(2));
        }).ToList();
        Insert("rental", rentals.Select(rental => Row(rental.Id, rental.Rented, rental.Inventory, rental.Customer, rental.Returned, rental.Staff, Updated)));
        // A few payments are for no rental.
        Insert("payment", Enumerable.Range(1, Count("payment")).Select(id =>
        {
            var rental = rentals[(id - 1) % rentals.Count];
            return Row(id, rental.Customer, rental.Staff, id > rentals.Count ? null : rental.Id, new Sql($"{_random.NextBelow(12)}.99"), rental.Rented, Updated);
        }));
    }

    private HashSet<(int Actor, int Film)> FilmActors()
    {
        var pairs = new HashSet<(int, int)>();
        for (var film = 0; pairs.Count < Count("film_actor"); film = (film + 1) % Count("film"))
            pairs.Add((Any("actor"), film + 1));
        return pairs;
    }

    private void Insert(string table, IEnumerable<string> rows)
    {
        foreach (var some in rows.Chunk(500))
            _data.Append("INSERT INTO ").Append(table).Append(" VALUES\n").AppendJoin(",\n", some).Append(";\n");
    }

    private static string Row(params object?[] values) => $"({string.Join(", ", values.Select(Literal))})";

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        Sql sql => sql.Text,
        DateTime time => $"'{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}'",
        string text => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} has no literal.", nameof(value)),
    };

    private Sql Picture() => new("0x" + string.Concat(Enumerable.Range(0, 512).Select(_ => _random.NextBelow(256).ToString("X2", CultureInfo.InvariantCulture))));

    private static List<string> Distinct(string table, Func<string> make, int longest)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (names.Count < Count(table))
            names.Add(Short(make(), longest));
        return [.. names];
    }

    private void Shuffle(int[] values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var other = _random.NextBelow(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    private int Any(string table) => 1 + _random.NextBelow(Count(table));

    private static int Count(string table) => SampleDatabase.Rows[table];

    private static string Upper(string text) => Short(text.ToUpperInvariant(), 45);

    private static string Short(string text, int longest) => text.Length <= longest ? text : text[..longest];

    private static string Resource(string name)
    {
        using var stream = typeof(SakilaGenerator).Assembly.GetManifestResourceStream($"Databases/Generated/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record Sql(string Text);
}

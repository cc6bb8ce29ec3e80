using static PipelineStacks.Model.Datasets.TableReference;

namespace PipelineStacks.Model.Datasets;

/// <summary>The curated tables, each after those that it reads, which is the order in which the job makes them.</summary>
public static class CuratedCatalog
{
    /// <summary>Every curated table.</summary>
    public static IReadOnlyList<CuratedTable> All { get; } =
    [
        new()
        {
            Name = "film_category",
            Description = "A film with its category and languages written out",
            Columns =
            [
                new("film_id", "int", "The film"),
                new("title", "string", "Its title"),
                new("release_year", "smallint", "The year in which it was released"),
                new("language", "string", "Its language"),
                new("original_language", "string", "The language that it was dubbed from"),
                new("rental_duration", "smallint", "Days that it is rented for"),
                new("rental_rate", "decimal(4,2)", "What that costs"),
                new("length", "int", "Its length in minutes"),
                new("rating", "string", "Who may see it"),
                new("category_id", "smallint", "Its category"),
                new("category", "string", "The category's name"),
            ],
            Reads = [Clean("film"), Clean("film_category"), Clean("category"), Clean("language")],
            Freshness = TimeSpan.FromHours(26),
        },
        new()
        {
            Name = "streaming_films",
            Description = "An event of streaming with what is known of its film",
            Columns =
            [
                new("event_id", "string", "The event"),
                new("event_time", "timestamp", "When it happened, in UTC"),
                new("event_type", "string", "rent, buy or trailer"),
                new("distributor", "string", "Who offered the film"),
                new("platform", "string", "The device"),
                new("state", "string", "The state of the USA where it happened"),
                new("film_id", "int", "The film"),
                new("title", "string", "The film's title"),
                new("release_year", "smallint", "The year in which it was released"),
                new("language", "string", "Its language"),
                new("rating", "string", "Who may see it"),
                new("category", "string", "Its category"),
            ],
            Partition = new("event_date", "date", "The day of the event, in UTC"),
            Reads = [Clean("film_events"), Curated("film_category")],
            Freshness = TimeSpan.FromHours(26),
        },
        new()
        {
            Name = "category_streams",
            Description = "How often films of a category were streamed, by what was done",
            Columns =
            [
                new("category", "string", "The category"),
                new("event_type", "string", "rent, buy or trailer"),
                new("streams", "bigint", "How many events"),
                new("films", "bigint", "How many different films"),
            ],
            Reads = [Curated("streaming_films")],
            Freshness = TimeSpan.FromHours(26),
        },
        new()
        {
            Name = "film_revenue",
            Description = "What a film brought a store in a month",
            Columns =
            [
                new("film_id", "int", "The film"),
                new("title", "string", "Its title"),
                new("category", "string", "Its category"),
                new("store_id", "smallint", "The store that the copy belongs to; none for payments without a rental"),
                new("rentals", "bigint", "How often it was rented"),
                new("payments", "bigint", "How many payments were made"),
                new("revenue", "decimal(18,2)", "What was paid"),
            ],
            Partition = new("month", "string", "The month of rental or payment, such as 2005-07"),
            Reads = [Clean("payment"), Clean("rental"), Clean("inventory"), Curated("film_category")],
            Freshness = TimeSpan.FromHours(26),
        },
        new()
        {
            Name = "player_sessions",
            Description = "What a player did within a minute",
            Columns =
            [
                new("player", "string", "Who played"),
                new("minute", "timestamp", "The minute, in UTC"),
                new("events", "bigint", "How many lines were logged"),
                new("games", "bigint", "How many different games"),
                new("sessions", "bigint", "How many different sessions"),
                new("score", "bigint", "The points that were made"),
                new("top_level", "int", "The highest level that was reached"),
            ],
            Partition = new("play_date", "date", "The day of the minute, in UTC"),
            Reads = [Clean("play_logs")],
            Freshness = TimeSpan.FromHours(26),
        },
    ];

    /// <summary>The curated tables whose data these pipelines bring.</summary>
    public static IReadOnlyList<CuratedTable> Of(IReadOnlyList<string> pipelines) => [.. All.Where(table => Pipelines(table).All(pipelines.Contains))];

    /// <summary>The pipelines that bring a table's data, by whatever tables it reads.</summary>
    public static IReadOnlyList<string> Pipelines(CuratedTable table) =>
    [
        .. table.Reads.SelectMany(read => read.Zone == ZoneName.Clean ? [DatasetCatalog.Find(read.Name).Pipeline] : Pipelines(Find(read.Name))).Distinct(),
    ];

    private static CuratedTable Find(string name) =>
        All.FirstOrDefault(table => table.Name == name) ?? throw new DatasetException([$"Unknown curated table '{name}'."]);
}

namespace PipelineStacks.Model.Datasets;

/// <summary>
/// What people do with films on streaming services. The timestamp has no offset because Firehose's deserializer refuses numeric ones.
/// </summary>
internal static class FilmEvents
{
    private const string Sample =
        """
        {
          "timestamp": "{{date.utc(YYYY-MM-DD HH:mm:ss)}}",
          "eventType": "{{random.weightedArrayElement({"weights": [0.3, 0.1, 0.6], "data": ["rent", "buy", "trailer"]})}}",
          "film_id": {{random.number({"min": 1, "max": 1000})}},
          "distributor": "{{random.arrayElement(["amazon prime", "google play", "apple itunes", "vudo", "fandango now", "microsoft", "youtube"])}}",
          "platform": "{{random.arrayElement(["ios", "android", "xbox", "playstation", "smart tv", "other"])}}",
          "state": "{{address.state}}",
          "event_id": "{{random.uuid}}"
        }
        """;

    public static Dataset Definition { get; } = new()
    {
        Name = "film_events",
        Pipeline = "film-events",
        Description = "A film that somebody rented, bought or saw the trailer of",
        Columns =
        [
            new("event_time", "timestamp", "When it happened, in UTC") { JsonKey = "timestamp" },
            new("event_type", "string", "rent, buy or trailer") { JsonKey = "eventType" },
            new("film_id", "int", "The film in Sakila"),
            new("distributor", "string", "Who offered the film"),
            new("platform", "string", "The device"),
            new("state", "string", "The state of the USA where it happened"),
            new("event_id", "string", "A UUID by which the event counts once"),
        ],
        Key = ["event_id"],
        Partition = new("event_date", Of: "event_time"),
        Source = new StreamSource(Sample),
        Quality =
        [
            new Unique("event_id"),
            new NotNull("event_time"),
            new OneOf("event_type", "rent", "buy", "trailer"),
            new InRange("film_id", 1, 1000),
        ],
        Freshness = TimeSpan.FromMinutes(15),
    };
}

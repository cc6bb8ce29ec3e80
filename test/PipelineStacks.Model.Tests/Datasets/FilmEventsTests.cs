using System.Text.Json;
using System.Text.RegularExpressions;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Tests.Datasets;

public sealed partial class FilmEventsTests
{
    private static readonly Dataset FilmEvents = DatasetCatalog.Find("film_events");
    private static readonly DateOnly Since = new(2026, 1, 1);

    [Fact]
    public void Columns_AreThoseOfTheEvent() => FilmEvents.Columns.Select(column => $"{column.Name} {column.Type} from {column.Key}").ShouldBe([
        "event_time timestamp from timestamp",
        "event_type string from eventType",
        "film_id int from film_id",
        "distributor string from distributor",
        "platform string from platform",
        "state string from state",
        "event_id string from event_id",
    ]);

    [Fact]
    public void JsonKeys_AreLowerCase_AsTheDeserializerComparesThem() =>
        StreamFormat.JsonKeys(FilmEvents).ShouldBe(new Dictionary<string, string> { ["event_time"] = "timestamp", ["event_type"] = "eventtype" });

    [Fact]
    public void SampleTemplate_HasTheBooksValues()
    {
        var expressions = Expression().Matches(Sample).ToDictionary(match => match.Groups["key"].Value, match => match.Groups["expression"].Value);

        Argument(expressions["eventType"], "random.weightedArrayElement").ShouldBe("""{"weights":[0.3,0.1,0.6],"data":["rent","buy","trailer"]}""");
        Argument(expressions["film_id"], "random.number").ShouldBe("""{"min":1,"max":1000}""");
        Argument(expressions["distributor"], "random.arrayElement").ShouldBe("""["amazon prime","google play","apple itunes","vudo","fandango now","microsoft","youtube"]""");
        Argument(expressions["platform"], "random.arrayElement").ShouldBe("""["ios","android","xbox","playstation","smart tv","other"]""");
        expressions["state"].ShouldBe("address.state");
        expressions["event_id"].ShouldBe("random.uuid");
        // No offset: the deserializer refuses numeric ones.
        expressions["timestamp"].ShouldBe("date.utc(YYYY-MM-DD HH:mm:ss)");
    }

    [Fact]
    public void LandingTable_IsParquetByTheDayOfArrival()
    {
        var table = Tables.Landing(FilmEvents, Since);

        table.Format.ShouldBe(TableFormat.Parquet);
        table.PartitionPrefix.ShouldBe("film_events/arrival_date=${arrival_date}/");
        table.Partitions.Single().Column.ShouldBe(new("arrival_date", "date", "The day on which the file's oldest record arrived, in UTC"));
        table.Partitions.Single().Projection!.Parameters["range"].ShouldBe("2026-01-01,NOW");
    }

    [Fact]
    public void QuarantineTable_HasFirehosesErrorRecord_ByErrorAndDay()
    {
        var table = Tables.Quarantine(FilmEvents, Since);

        table.Name.ShouldBe("film_events_quarantine");
        table.Format.ShouldBe(TableFormat.Json);
        table.PartitionPrefix.ShouldBe("quarantine/film_events/${error_type}/arrival_date=${arrival_date}/");
        table.Partitions.Select(partition => partition.Column.Name).ShouldBe(["error_type", "arrival_date"]);
        table.Columns.Select(column => column.Name).ShouldBe([
            "attemptsmade", "arrivaltimestamp", "lasterrorcode", "lasterrormessage", "errorcode", "errormessage",
            "attemptendingtimestamp", "rawdata", "sequencenumber", "subsequencenumber", "datacatalogtable"]);
    }

    [Fact]
    public void CleanTable_IsByTheDayOfTheEvent_InPartitionsThatTheJobRegisters() =>
        Tables.Clean(FilmEvents).Partitions.Single().ShouldBe(new(new("event_date", "date", "The day of event_time, in UTC")));

    [Theory]
    [InlineData("!{timestamp:yyyy-MM-dd}", "${arrival_date}")]
    public void DeliveryPrefixes_WriteWhereTheTablesRead(string firehose, string athena)
    {
        StreamFormat.DeliveryPrefix(FilmEvents).Replace(firehose, athena, StringComparison.Ordinal).ShouldBe(Tables.Landing(FilmEvents, Since).PartitionPrefix);
        StreamFormat.ErrorPrefix(FilmEvents).Replace(firehose, athena, StringComparison.Ordinal).Replace("!{firehose:error-output-type}", "${error_type}", StringComparison.Ordinal)
            .ShouldBe(Tables.Quarantine(FilmEvents, Since).PartitionPrefix);
    }

    [Fact]
    public void EveryColumnOfEveryTable_HasATypeThatGlueKnows()
    {
        foreach (var table in new[] { Tables.Landing(FilmEvents, Since), Tables.Clean(FilmEvents), Tables.Quarantine(FilmEvents, Since) })
        {
            foreach (var column in table.Columns.Concat(table.Partitions.Select(partition => partition.Column)))
                ColumnType.Parse(column.Type).Hive.ShouldBe(column.Type);
        }
    }

    private static string Sample => ((StreamSource)FilmEvents.Source).SampleTemplate;

    private static string Argument(string expression, string method)
    {
        expression.ShouldStartWith($"{method}(");
        return JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(expression[(method.Length + 1)..^1]));
    }

    [GeneratedRegex("""
        "(?<key>\w+)":\s"?\{\{(?<expression>.*?)\}\}
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Expression();
}

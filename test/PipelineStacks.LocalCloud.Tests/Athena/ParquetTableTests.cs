namespace PipelineStacks.LocalCloud.Tests.Athena;

public sealed class ParquetTableTests(ParquetTableTests.Lake lake) : IClassFixture<ParquetTableTests.Lake>
{
    private const string Parquet = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";

    public sealed class Lake : IAsyncLifetime
    {
        public AthenaCloud Cloud { get; } = new();

        public async Task InitializeAsync()
        {
            await Cloud.InitializeAsync();
            foreach (var (day, film) in new[] { ("2026-11-18", 1), ("2026-11-19", 2), ("2026-11-20", 3) })
                await Cloud.PutParquetAsync($"events/arrival_date={day}/part.parquet",
                    $"SELECT {film} AS film_id, 'play' AS event_type, TIMESTAMP '{day} 10:11:12.345' AS event_time FROM range(10)");
            await Cloud.PutAsync("events/arrival_date=2026-11-20/_SUCCESS", "x");
            await Cloud.PutAsync("events/arrival_date=2026-11-20/.hidden", "x");
            await Cloud.PutAsync("events/arrival_date=2026-11-20/empty", "");
            await Cloud.PutParquetAsync("events/arrival_date=2020-01-01/part.parquet", "SELECT 99 AS film_id, 'old' AS event_type, TIMESTAMP '2020-01-01' AS event_time");
            await Cloud.TableAsync("events", "event_time timestamp;event_type string;film_id int;platform string", "events/", Parquet, "arrival_date date", """
                {"projection.enabled":"true","projection.arrival_date.type":"date","projection.arrival_date.format":"yyyy-MM-dd","projection.arrival_date.range":"2026-01-01,NOW"}
                """);
        }

        public Task DisposeAsync() => Cloud.DisposeAsync();
    }

    [Fact]
    public async Task Select_OverProjectedPartitions_CountsWhatIsInRange()
    {
        (await lake.Cloud.RowsAsync("SELECT count(*) FROM events")).ShouldBe(["30"]);
        (await lake.Cloud.RowsAsync("SELECT arrival_date, film_id, platform, max(event_time) FROM films.events GROUP BY 1, 2, 3 ORDER BY 1"))
            .ShouldBe(["2026-11-18|1|∅|2026-11-18 10:11:12.345", "2026-11-19|2|∅|2026-11-19 10:11:12.345", "2026-11-20|3|∅|2026-11-20 10:11:12.345"]);
    }

    [Theory]
    [InlineData("arrival_date = DATE '2026-11-19'", 1)]
    [InlineData("e.arrival_date >= DATE '2026-11-19' AND film_id > 0", 2)]
    [InlineData("arrival_date IN (DATE '2026-11-18', DATE '2026-11-20')", 2)]
    [InlineData("arrival_date BETWEEN DATE '2026-11-18' AND DATE '2026-11-19'", 2)]
    [InlineData("arrival_date = current_date - INTERVAL '1' DAY", 1)]
    [InlineData("date_format(arrival_date, '%d') = '20'", 1)]
    [InlineData("arrival_date = DATE '2026-11-19' OR film_id = 1", 3)]
    [InlineData("arrival_date = DATE '2020-01-01'", 0)]
    [InlineData("film_id = 1", 3)]
    public async Task Select_WithConditionsOnThePartition_ScansOnlyThose(string condition, int files)
    {
        var all = AthenaCloud.Scanned(await lake.Cloud.RunAsync("SELECT * FROM events"));

        var query = await lake.Cloud.RunAsync($"SELECT * FROM events e WHERE {condition}");

        AthenaCloud.Scanned(query).ShouldBe(all / 3 * files);
    }

    [Fact]
    public async Task Select_Path_ShowsTheHiddenColumnOnlyWhenNamed()
    {
        (await lake.Cloud.RowsAsync("SELECT DISTINCT \"$path\" FROM events WHERE film_id = 1")).ShouldBe(["s3://lake/events/arrival_date=2026-11-18/part.parquet"]);
        (await lake.Cloud.RowsAsync("SELECT *, \"$path\" FROM events WHERE film_id = 1 LIMIT 1"))
            .ShouldBe(["2026-11-18 10:11:12.345|play|1|∅|2026-11-18|s3://lake/events/arrival_date=2026-11-18/part.parquet"]);
    }

    [Fact]
    public async Task Columns_QualifiedByTableAndSchema_AreFound() =>
        (await lake.Cloud.RowsAsync("SELECT films.events.film_id FROM films.events WHERE events.film_id = 3 GROUP BY 1")).ShouldBe(["3"]);

    [Fact]
    public async Task Object_ThatIsNoParquet_IsNamed()
    {
        await lake.Cloud.PutAsync("broken/a.parquet", "no Parquet at all");
        await lake.Cloud.TableAsync("broken", "a int", "broken/", Parquet);
        (await lake.Cloud.FailureAsync("SELECT a FROM broken")).ShouldSatisfyAllConditions(
            said => said.ShouldStartWith("HIVE_BAD_DATA: Not valid Parquet file: "),
            said => said.ShouldContain("s3://lake/broken/a.parquet"));
    }

    [Fact]
    public async Task Column_OfAnotherTypeThanTheFile_FailsOnlyWhenRead()
    {
        await lake.Cloud.PutParquetAsync("wrong/a.parquet", "SELECT 'x' AS a, 1 AS b");
        await lake.Cloud.TableAsync("wrong", "a int;b int", "wrong/", Parquet);

        (await lake.Cloud.RowsAsync("SELECT b FROM wrong")).ShouldBe(["1"]);
        (await lake.Cloud.FailureAsync("SELECT a FROM wrong")).ShouldBe(
            "HIVE_BAD_DATA: Field a's type BINARY in parquet file s3://lake/wrong/a.parquet is incompatible with type integer defined in table schema");
    }

    [Fact]
    public async Task Files_OfDifferentSchemas_AreReadByName()
    {
        await lake.Cloud.PutParquetAsync("mixed/a.parquet", "SELECT 1 AS a, 'x' AS b");
        await lake.Cloud.PutParquetAsync("mixed/b.parquet", "SELECT 'y' AS B, 2::BIGINT AS c");
        await lake.Cloud.TableAsync("mixed", "a int;b string;c bigint", "mixed/", Parquet);

        (await lake.Cloud.RowsAsync("SELECT * FROM mixed ORDER BY b")).ShouldBe(["1|x|∅", "∅|y|2"]);
    }
}

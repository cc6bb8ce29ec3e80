namespace PipelineStacks.LocalCloud.Tests.Athena;

public sealed class PartitionedTableTests(AthenaCloud cloud) : IClassFixture<AthenaCloud>
{
    private const string Json = "org.openx.data.jsonserde.JsonSerDe";

    [Fact]
    public async Task Registered_WithLocationsOfTheirOwn_AreReadAndPruned()
    {
        await cloud.PutAsync("elsewhere/one/a.json", "{\"a\":1}\n");
        await cloud.PutAsync("registered/n=2/a.json", "{\"a\":2}\n");
        await cloud.PutAsync("registered/n=3/a.json", "{\"a\":3}\n");
        await cloud.TableAsync("registered", "a int", "registered/", Json, "n int");
        await cloud.RunAsync("ALTER TABLE registered ADD PARTITION (n = 1) LOCATION 's3://lake/elsewhere/one/' PARTITION (n = 2)");

        (await cloud.RowsAsync("SELECT a, n FROM registered ORDER BY n")).ShouldBe(["1|1", "2|2"]);
        (await cloud.RowsAsync("MSCK REPAIR TABLE registered")).ShouldBe(["Repair: Added partition to metastore registered:n=3"]);
        (await cloud.RowsAsync("SELECT a FROM registered WHERE n > 1 ORDER BY a")).ShouldBe(["2", "3"]);
        AthenaCloud.Scanned(await cloud.RunAsync("SELECT a FROM registered WHERE n = 3")).ShouldBe(8);
        (await cloud.RowsAsync("SHOW PARTITIONS registered")).ShouldBe(["n=1", "n=2", "n=3"]);
        await cloud.RunAsync("ALTER TABLE registered DROP PARTITION (n = 1), PARTITION (n = 2)");
        (await cloud.RowsAsync("SELECT count(*) FROM registered")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Projected_OfEveryKind_FollowsTheTemplate()
    {
        await cloud.PutAsync("proj/at/2026/11/007/x/a.json", "{\"a\":1}\n");
        await cloud.PutAsync("proj/de/2026/10/007/x/a.json", "{\"a\":2}\n");
        await cloud.PutAsync("proj/fr/2026/11/007/x/a.json", "{\"a\":3}\n");
        await cloud.PutAsync("proj/at/2026/11/008/y/a.json", "{\"a\":4}\n");
        await cloud.TableAsync("proj", "a int", "proj/", Json, "country string;month string;n int;who string", """
            {"projection.enabled":"true","storage.location.template":"s3://lake/proj/${country}/${month}/${n}/${who}/",
             "projection.country.type":"enum","projection.country.values":"at,de",
             "projection.month.type":"date","projection.month.format":"yyyy/MM","projection.month.range":"NOW-1YEARS,NOW",
             "projection.n.type":"integer","projection.n.range":"1,20","projection.n.digits":"3",
             "projection.who.type":"injected"}
            """);

        (await cloud.RowsAsync("SELECT * FROM proj WHERE who = 'x' ORDER BY a")).ShouldBe(["1|at|2026/11|7|x", "2|de|2026/10|7|x"]);
        (await cloud.RowsAsync("SELECT a FROM proj WHERE who IN ('x', 'y') AND month = '2026/11' ORDER BY a")).ShouldBe(["1", "4"]);
        (await cloud.RowsAsync("SELECT a FROM proj WHERE who = 'x' AND country = 'fr'")).ShouldBeEmpty();
        (await cloud.FailureAsync("SELECT a FROM proj")).ShouldStartWith("CONSTRAINT_VIOLATION: For the injected projected partition column who,");
    }

    [Theory]
    [InlineData("{\"projection.enabled\":\"true\"}", "INVALID_TABLE_PROPERTY: projection.d.type of table films.t# is missing.")]
    [InlineData("{\"projection.enabled\":\"true\",\"projection.d.type\":\"date\",\"projection.d.format\":\"yyyy-MM-dd\",\"projection.d.range\":\"soon,NOW\"}",
        "INVALID_TABLE_PROPERTY: projection.d.range of table films.t# holds soon, which is not of the format yyyy-MM-dd.")]
    public async Task Projected_ByWrongRules_SaysWhichProperty(string parameters, string expected)
    {
        var name = $"t{Math.Abs(parameters.GetHashCode(StringComparison.Ordinal))}";
        await cloud.TableAsync(name, "a int", "nothing/", Json, "d date", parameters);

        (await cloud.FailureAsync($"SELECT * FROM {name}")).ShouldBe(expected.Replace("t#", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OuterJoin_WithAConditionOnTheNullableSide_KeepsItsPartitions()
    {
        await cloud.PutAsync("outer/n=1/a.json", "{\"a\":1}\n");
        await cloud.TableAsync("outer_joined", "a int", "outer/", Json, "n int");
        await cloud.RunAsync("MSCK REPAIR TABLE outer_joined");

        (await cloud.RowsAsync("SELECT v.x FROM (VALUES 1, 2) v(x) LEFT JOIN outer_joined o ON v.x = o.n WHERE o.n IS NULL")).ShouldBe(["2"]);
    }
}

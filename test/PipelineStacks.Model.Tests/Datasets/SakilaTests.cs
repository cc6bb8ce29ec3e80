using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Datasets;

public sealed class SakilaTests
{
    private static readonly IReadOnlyList<Dataset> Sakila = [.. DatasetCatalog.All.Where(dataset => dataset.Pipeline == "sakila")];

    [Fact]
    public void Tables_AreTheSixteenOfTheSampleDatabase() => Sakila.Select(dataset => ((DatabaseSource)dataset.Source).FullName).ShouldBe(
        new[]
        {
            "actor", "address", "category", "city", "country", "customer", "film", "film_actor", "film_category", "film_text", "inventory", "language", "payment",
            "rental", "staff", "store",
        }.Select(table => $"sakila.{table}"));

    [Fact]
    public void Columns_OfFilm_AreTypedAsTheyArrive() => DatasetCatalog.Find("film").Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe([
        "film_id int", "title string", "description string", "release_year smallint", "language_id smallint", "original_language_id smallint",
        "rental_duration smallint", "rental_rate decimal(4,2)", "length int", "replacement_cost decimal(5,2)", "rating string", "special_features string",
        "last_update timestamp"]);

    [Theory]
    [InlineData("address", "location", "binary")]
    [InlineData("staff", "picture", "binary")]
    [InlineData("inventory", "inventory_id", "int")]
    [InlineData("customer", "active", "tinyint")]
    [InlineData("film_text", "film_id", "smallint")]
    public void Columns_WithRareTypes_AreTypedAsTheyArrive(string dataset, string column, string type) =>
        DatasetCatalog.Find(dataset).Columns.Single(candidate => candidate.Name == column).Type.Hive.ShouldBe(type);

    [Fact]
    public void LandingTable_OfParquet_HasTypes_BetweenOperationAndTime()
    {
        var table = Tables.Replicated(DatasetCatalog.Find("film_actor"), FileFormat.Parquet);

        table.Prefix.ShouldBe("sakila/sakila/film_actor/");
        table.Partitions.ShouldBeEmpty();
        table.Format.ShouldBe(TableFormat.Parquet);
        table.Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["op string", "dms_timestamp timestamp", "actor_id int", "film_id int", "last_update timestamp", "change_seq string"]);
    }

    [Fact]
    public void LandingTable_OfCsv_HasTexts_SinceTheSerDeForQuotedValuesKnowsNoOthers()
    {
        var table = Tables.Replicated(DatasetCatalog.Find("film_actor"), FileFormat.Csv);

        table.Format.ShouldBe(TableFormat.Csv);
        table.Columns.Select(column => $"{column.Name} {column.Type}").ShouldBe(["op string", "dms_timestamp string", "actor_id string", "film_id string", "last_update string", "change_seq string"]);
        table.Columns[2].Description.ShouldBe("The actor; int as text");
    }

    [Fact]
    public void TableMappings_NameTheSchema_AndEachRuleHasAnIdOfItsOwn()
    {
        var rules = (JsonArray)JsonNode.Parse(ReplicationFormat.TableMappings(Sakila))!["rules"]!;

        rules.Count.ShouldBe(17);
        rules.Select(rule => (string?)rule!["rule-id"]).Distinct().Count().ShouldBe(17);
        rules[0]!.ToJsonString().ShouldBe(
            """{"rule-type":"selection","rule-id":"1","rule-name":"sakila.actor","object-locator":{"schema-name":"sakila","table-name":"actor"},"rule-action":"include"}""");
        rules[16]!.ToJsonString().ShouldBe(
            """{"rule-type":"transformation","rule-id":"17","rule-name":"sakila.change_seq","object-locator":{"schema-name":"sakila","table-name":"%"},"rule-action":"add-column","rule-target":"column","value":"change_seq","expression":"$AR_H_CHANGE_SEQ","data-type":{"type":"string","length":50}}""");
    }

    [Fact]
    public void Queries_OfATable_CountItsChanges()
    {
        var query = SavedQueries.For(DatasetCatalog.Find("actor"), "lake").Single();

        query.Name.ShouldBe("actor_changes");
        query.Sql.ShouldContain("FROM lake.actor");
    }

    public static TheoryData<string, Dataset> BadOnes => new()
    {
        { "actor: the source's name '%' isn't made of letters, digits, underscores and dollar signs: in a table mapping it could select others.", With(new DatabaseSource("sakila", "%")) },
        { "actor: the schema 'mysql' is MySQL's own and can't be replicated.", With(new DatabaseSource("mysql", "user")) },
        { "actor: the column 'op' is one that DMS adds. Choose another name for it in a view of the source.", WithColumn(Column.FromMySql("op", "int", "More")) },
        { "actor: the column 'extra' doesn't say its type in the database. Define it by Column.FromMySql.", WithColumn(new("extra", "int", "More")) },
        { "actor: the column 'extra' reads a JSON key, and rows of a database have none.", WithColumn(Column.FromMySql("extra", "int", "More") with { JsonKey = "x" }) },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Definition_ThatCannotBeReplicated_SaysWhatIsWrong(string expected, Dataset dataset) => DatasetRules.Errors(dataset).ShouldBe([expected]);

    [Fact]
    public void Definitions_OfOneTableTwice_AreRefused() =>
        Should.Throw<DatasetException>(() => DatasetRules.Checked([Sakila[0], Sakila[0] with { Name = "actors" }]))
            .Message.ShouldBe("sakila.actor: two datasets replicate this table, and DMS would write each file twice.");

    [Fact]
    public void Definition_WhosePipelinesFolderIsTaken_IsRefused() =>
        Should.Throw<DatasetException>(() => DatasetRules.Checked([Sakila[0] with { Pipeline = "seed" }]))
            .Message.ShouldBe("seed: the pipeline's folder in the landing zone belongs to something else. Choose another name for it.");

    private static Dataset With(DatabaseSource source) => Sakila[0] with { Source = source };

    private static Dataset WithColumn(Column column) => Sakila[0] with { Columns = [.. Sakila[0].Columns, column] };
}

using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Tests.Datasets;

public sealed class DatasetRulesTests
{
    private static readonly Column Id = new("id", "string", "The id");
    private static readonly Column At = new("happened_at", "timestamp", "When");

    private static readonly Dataset Good = new()
    {
        Name = "readings",
        Pipeline = "telemetry",
        Description = "A reading",
        Columns = [Id, At],
        Key = ["id"],
        Partition = new("happened_on", "happened_at"),
        Source = new StreamSource("""{"id": "{{random.uuid}}", "happened_at": "{{date.utc}}"}"""),
        Freshness = TimeSpan.FromMinutes(5),
    };

    public static TheoryData<string, Dataset> BadOnes => new()
    {
        { "Readings: the dataset's name isn't made of lower-case letters, digits and underscores, beginning with a letter or underscore.", Good with { Name = "Readings" } },
        { "select: the dataset's name is a reserved word in Athena. Choose another name, and map the JSON key where the records have it.", Good with { Name = "select" } },
        { "quarantine: the landing zone keeps other things under quarantine/. Choose another name.", Good with { Name = "quarantine" } },
        { "source: the landing zone keeps other things under source/. Choose another name.", Good with { Name = "source" } },
        { "a_quarantine: names that end in _quarantine belong to the tables of rejected records. Choose another name.", Good with { Name = "a_quarantine" } },
        { "readings: the pipeline 'Tele metry' isn't made of lower-case words joined by hyphens.", Good with { Pipeline = "Tele metry" } },
        { "readings: the freshness objective isn't above zero.", Good with { Freshness = TimeSpan.Zero } },
        { "readings: the column 'id' has an unknown type 'txt': known are boolean, tinyint, smallint, int, bigint, float, double, string, binary, date, timestamp, decimal(p,s), array<…>, map<…>, struct<…>.", Good with { Columns = [Id with { TypeText = "txt" }, At] } },
        { "readings: the column 'id' has an unknown type 'strin': did you mean 'string'?", Good with { Columns = [Id with { TypeText = "strin" }, At] } },
        { "readings: the column 'id' is defined twice.", Good with { Columns = [Id, At, Id] } },
        { "readings: the key 'uid' isn't a column.", Good with { Key = ["uid"] } },
        { "readings: the key names 'id' twice.", Good with { Key = ["id", "id"] } },
        { "readings: it has no key; name the columns that make a row countable once.", Good with { Key = [] } },
        { "readings: the partition 'happened_on' is made of 'at', which isn't a column.", Good with { Partition = new("happened_on", "at") } },
        { "readings: the partition 'happened_on' is made of 'id', which is a string and neither timestamp nor date.", Good with { Partition = new("happened_on", "id") } },
        { "readings: the partition 'id' is also a column. Glue allows only one of them.", Good with { Partition = new("id", "happened_at") } },
        { "readings: the partition 'date' is a reserved word in Athena. Choose another name, and map the JSON key where the records have it.", Good with { Partition = new("date", "happened_at") } },
        { "readings: the quality rule InRange speaks of 'celsius', which isn't a column.", Good with { Quality = [new InRange("celsius", 0, 1)] } },
        { "readings: the sample template isn't a JSON object around its {{expressions}}.", Good with { Source = new StreamSource("{{random.uuid}") } },
        { "readings: the sample template lacks the key 'happened_at' of the column 'happened_at'.", Good with { Source = new StreamSource("""{"id":"{{random.uuid}}"}""") } },
        { "readings: the sample template has the key 'x', which no column reads.", Good with { Source = new StreamSource("""{"id":"","happened_at":"","x":1}""") } },
        { "readings: two columns read the JSON key 'id' (keys are compared without case).", Good with { Columns = [Id, At with { JsonKey = "ID" }], Source = new StreamSource("""{"id":"","ID":""}""") } },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Definition_ThatCannotBeUsed_SaysWhatIsWrong(string expected, Dataset dataset) => DatasetRules.Errors(dataset).ShouldBe([expected]);

    [Theory]
    [InlineData("Ab", "isn't made of lower-case letters, digits and underscores, beginning with a letter or underscore.")]
    [InlineData("1st", "isn't made of lower-case letters, digits and underscores, beginning with a letter or underscore.")]
    [InlineData("a-b", "isn't made of lower-case letters, digits and underscores, beginning with a letter or underscore.")]
    [InlineData("timestamp", "is a reserved word in Athena. Choose another name, and map the JSON key where the records have it.")]
    [InlineData("partition", "is a reserved word in Athena. Choose another name, and map the JSON key where the records have it.")]
    public void Column_WithABadName_SaysWhatIsWrong(string name, string expected) =>
        DatasetRules.Errors(WithColumn(name)).ShouldBe([$"readings: the column '{name}' {expected}"]);

    [Fact]
    public void Column_NamedLikeTheLandingPartition_IsRefused() =>
        DatasetRules.Errors(WithColumn("arrival_date")).ShouldBe(["readings: the column 'arrival_date' is the partition of the landing zone. Choose another name."]);

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Column_Name_MayHave255Characters(int length, bool good) => (DatasetRules.Errors(WithColumn(new string('a', length))).Count == 0).ShouldBe(good);

    [Fact]
    public void Definition_WithSeveralErrors_ReportsAllOfAllDatasets() =>
        Should.Throw<DatasetException>(() => DatasetRules.Checked([Good with { Key = ["uid"] }, Good with { Columns = [] }]))
            .Errors.ShouldBe([
                "readings: the key 'uid' isn't a column.",
                "readings: it has no columns.",
                "readings: the partition 'happened_on' is made of 'happened_at', which isn't a column.",
                "readings: the key 'id' isn't a column.",
                "readings: the sample template has the key 'id', which no column reads.",
                "readings: the sample template has the key 'happened_at', which no column reads.",
                "readings: two datasets have this name.",
            ]);

    [Fact]
    public void GoodDefinition_HasNoErrors() => DatasetRules.Errors(Good).ShouldBeEmpty();

    [Fact]
    public void Dataset_Unknown_IsNamedWithTheKnownOnes() =>
        Should.Throw<DatasetException>(() => DatasetCatalog.Find("films")).Message.ShouldBe("Unknown dataset 'films'. Known are film_events, actor, address, category, city, country, customer, film, film_actor, film_category, film_text, inventory, language, payment, rental, staff, store, play_logs, device_readings.");

    private static Dataset WithColumn(string name) => Good with
    {
        Columns = [Id, At, new Column(name, "int", "More")],
        Source = new StreamSource($$$"""{"id":"","happened_at":"","{{{name}}}":1}"""),
    };
}

using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.Glue.Quality;
using PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

namespace PipelineStacks.LocalCloud.Tests.Glue.Quality;

public sealed class QualityTests(QualityTests.Filled filled) : IClassFixture<QualityTests.Filled>
{
    /// <summary>A cloud with the table <c>films</c> of four rows, <c>languages</c> of two, and an empty one.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private readonly CrawlerCloud _crawlers = new();

        public TestCloud Cloud => _crawlers.Cloud;

        public string Database { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await _crawlers.InitializeAsync();
            var one = await _crawlers.NewCaseAsync();
            Database = one.Database;
            await one.PutParquetAsync("films/a.parquet", $"""
                SELECT * FROM (VALUES (1, 'Alien', 'a', 1.5, 1, TIMESTAMP '{Cloud.Now.UtcDateTime.AddHours(-1):yyyy-MM-dd HH:mm:ss}', '10', ''),
                (2, 'Brazil', 'b', 2.5, 1, TIMESTAMP '{Cloud.Now.UtcDateTime.AddHours(-2):yyyy-MM-dd HH:mm:ss}', '20', ' '),
                (3, 'Cube', 'b', 3.5, 2, TIMESTAMP '{Cloud.Now.UtcDateTime.AddHours(-30):yyyy-MM-dd HH:mm:ss}', 'x', 'y'),
                (4, 'Dune', NULL, 4.5, 9, TIMESTAMP '{Cloud.Now.UtcDateTime.AddHours(-3):yyyy-MM-dd HH:mm:ss}', '-5', 'z')) films(id, title, kind, rate, language_id, "at", text, note)
                """);
            await one.PutParquetAsync("languages/a.parquet", "SELECT * FROM (VALUES (1, 'en'), (2, 'de')) l(language_id, name)");
            await one.CreateAsync($$$"""{"Targets":{"S3Targets":[{"Path":"s3://lake/{{{one.Folder}}}/films/"},{"Path":"s3://lake/{{{one.Folder}}}/languages/"}]} }""");
            await one.CrawlAsync();
            await Cloud.JsonAsync("AWSGlue.CreateTable", $$$$"""
                {"DatabaseName":"{{{{Database}}}}","TableInput":{"Name":"nothing","StorageDescriptor":{"Location":"s3://lake/nothing/","Columns":[{"Name":"id","Type":"int"}],
                 "SerdeInfo":{"SerializationLibrary":"org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"} } } }
                """);
        }

        public Task DisposeAsync() => _crawlers.DisposeAsync();
    }

    private TestCloud Cloud => filled.Cloud;

    [Theory]
    [InlineData("RowCount = 4", "PASS", "")]
    [InlineData("RowCount between 3 and 5", "PASS", "")]
    [InlineData("RowCount between 4 and 5", "FAIL", "Value: 4 does not meet the constraint requirement!")]
    [InlineData("RowCount = 2 where \"language_id = 1\"", "PASS", "")]
    [InlineData("ColumnCount = 8", "PASS", "")]
    [InlineData("ColumnExists \"TITLE\"", "PASS", "")]
    [InlineData("ColumnExists \"nope\"", "FAIL", "Column nope does not exist!")]
    [InlineData("IsComplete \"id\"", "PASS", "")]
    [InlineData("IsComplete \"kind\"", "FAIL", "Value: 0.75 does not meet the constraint requirement!")]
    [InlineData("IsComplete \"nope\"", "FAIL", "Input data does not include column nope!")]
    [InlineData("Completeness \"kind\" > 0.7", "PASS", "")]
    [InlineData("IsUnique \"id\"", "PASS", "")]
    [InlineData("IsUnique \"kind\"", "FAIL", "Value: 0.3333333333333333 does not")]
    [InlineData("Uniqueness \"language_id\" = 0.5", "PASS", "")]
    [InlineData("UniqueValueRatio \"language_id\" > 0.6", "PASS", "")]
    [InlineData("DistinctValuesCount \"kind\" = 2", "PASS", "")]
    [InlineData("IsPrimaryKey \"id\"", "PASS", "")]
    [InlineData("IsPrimaryKey \"id\" \"title\"", "PASS", "")]
    [InlineData("IsPrimaryKey \"kind\"", "FAIL", "Value: 0.25 does not")]
    // A null fulfils the negated conditions and no others.
    [InlineData("ColumnValues \"kind\" in [\"a\", \"b\"]", "FAIL", "Value: 0.75 does not meet the constraint requirement! 1 of 4 rows do not fulfil it, such as NULL.")]
    [InlineData("ColumnValues \"kind\" in [\"a\", \"b\", NULL]", "PASS", "")]
    [InlineData("ColumnValues \"kind\" in [\"a\", \"b\"] with threshold >= 0.75", "PASS", "")]
    [InlineData("ColumnValues \"kind\" not in [\"c\"]", "PASS", "")]
    [InlineData("ColumnValues \"kind\" != \"c\"", "PASS", "")]
    [InlineData("ColumnValues \"kind\" != \"a\"", "FAIL", "Value: 0.75")]
    [InlineData("ColumnValues \"kind\" != NULL", "FAIL", "Value: 0.75")]
    [InlineData("ColumnValues \"title\" != NULL", "PASS", "")]
    [InlineData("ColumnValues \"title\" matches \"[A-D][a-z]+\"", "PASS", "")]
    [InlineData("ColumnValues \"title\" not matches \"[A-D][a-z]+\"", "FAIL", "Value: 0 ")]
    [InlineData("ColumnValues \"rate\" between 1 and 5", "PASS", "")]
    [InlineData("ColumnValues \"rate\" > 1.5", "FAIL", "Value: 0.75 does not meet the constraint requirement! 1 of 4 rows do not fulfil it, such as 1.5.")]
    [InlineData("ColumnValues \"rate\" >= 1.5 where \"id > 0\"", "PASS", "")]
    [InlineData("ColumnValues \"text\" > 0", "FAIL", "Value: 0.5")]
    [InlineData("ColumnValues \"note\" = EMPTY with threshold = 0.25", "PASS", "")]
    [InlineData("ColumnValues \"note\" = WHITESPACES_ONLY with threshold = 0.25", "PASS", "")]
    [InlineData("ColumnValues \"at\" > (now() - 2 days)", "PASS", "")]
    [InlineData("ColumnValues \"at\" > (now() - 1 day)", "FAIL", "Value: 0.75")]
    [InlineData("ColumnDataType \"text\" = \"INTEGER\" with threshold > 0.7", "PASS", "")]
    [InlineData("ColumnDataType \"text\" = \"INTEGER\"", "FAIL", "Value: 0.75")]
    [InlineData("ColumnDataType \"text\" = \"MONEY\"", "ERROR", "ColumnDataType knows")]
    [InlineData("ColumnLength \"title\" between 3 and 7", "PASS", "")]
    [InlineData("ColumnLength \"title\" <= 5", "FAIL", "Value: 6")]
    [InlineData("ColumnLength \"kind\" >= 1", "FAIL", "Value: 0")]
    [InlineData("CustomSql \"select count(*) from primary where rate > 2\" = 3", "PASS", "")]
    [InlineData("CustomSql \"select count(*) from primary p join DB.languages l on p.language_id = l.language_id\" = 3", "PASS", "")]
    [InlineData("CustomSql \"select nope from primary\" = 3", "ERROR", "Binder Error")]
    [InlineData("ReferentialIntegrity \"language_id\" \"DB.languages.language_id\" >= 0.75", "PASS", "")]
    [InlineData("ReferentialIntegrity \"language_id\" \"DB.languages.{language_id}\" = 1.0", "FAIL", "Value: 0.75")]
    [InlineData("ReferentialIntegrity \"language_id\" \"languages\" = 1.0", "ERROR", "languages names no column")]
    [InlineData("Mean \"rate\" = 3", "PASS", "")]
    [InlineData("Sum \"rate\" = 12", "PASS", "")]
    [InlineData("StandardDeviation \"rate\" between 1.1 and 1.2", "PASS", "")]
    [InlineData("DataFreshness \"at\" <= 2 days", "PASS", "")]
    [InlineData("DataFreshness \"at\" <= 24 hours", "FAIL", "Value: 0.75")]
    [InlineData("DataFreshness \"at\" <= 24 hours with threshold > 0.5", "PASS", "")]
    [InlineData("(RowCount > 0) and (IsComplete \"kind\")", "FAIL", "Value: 0.75")]
    [InlineData("(RowCount > 0) or (IsComplete \"kind\")", "PASS", "")]
    [InlineData("(RowCount > 9) or ((IsUnique \"id\") and (RowCount = 4))", "PASS", "")]
    public async Task Rule_OverTheTable_IsJudgedAsGlueDoes(string rule, string result, string message)
    {
        var found = await EvaluateAsync(rule.Replace("DB", filled.Database, StringComparison.Ordinal));

        found["Result"]!.GetValue<string>().ShouldBe(result, found.ToJsonString());
        (found["EvaluationMessage"]?.GetValue<string>() ?? "").ShouldStartWith(message);
        (found["EvaluationMessage"] is null).ShouldBe(result == "PASS");
    }

    [Theory]
    [InlineData("RowCount = 0", "PASS")]
    [InlineData("IsComplete \"id\"", "FAIL")]
    [InlineData("ColumnValues \"id\" > 0", "FAIL")]
    [InlineData("IsUnique \"id\"", "FAIL")]
    public async Task Rule_OverAnEmptyTable_HasNothingToMeasureBeyondItsCount(string rule, string result) =>
        (await EvaluateAsync(rule, "nothing"))["Result"]!.GetValue<string>().ShouldBe(result);

    [Fact]
    public async Task Run_OfARuleset_IsListedScoredAndTold()
    {
        await CreateAsync("scored", "Rules = [ RowCount > 0, IsComplete \"kind\" ]");
        var run = await RunAsync("scored");

        run["Status"]!.GetValue<string>().ShouldBe("SUCCEEDED");
        var id = run["ResultIds"]![0]!.GetValue<string>();
        var result = await Cloud.JsonAsync("AWSGlue.GetDataQualityResult", $$"""{"ResultId":"{{id}}"}""");
        result["Score"]!.GetValue<double>().ShouldBe(0.5);
        result["RuleResults"]!.AsArray().Select(rule => $"{rule!["Name"]} {rule["Result"]} {rule["EvaluatedMetrics"]!.ToJsonString()}")
            .ShouldBe(["Rule_1 PASS {\"Dataset.*.RowCount\":4}", "Rule_2 FAIL {\"Column.kind.Completeness\":0.75}"]);
        var listed = await Cloud.JsonAsync("AWSGlue.ListDataQualityResults", $$$$"""{"Filter":{"DataSource":{"GlueTable":{"DatabaseName":"{{{{filled.Database}}}}","TableName":"films"} } } }""");
        listed["Results"]!.AsArray().Select(one => one!["ResultId"]!.GetValue<string>()).ShouldContain(id);
        var batch = await Cloud.JsonAsync("AWSGlue.BatchGetDataQualityResult", $$"""{"ResultIds":["{{id}}","dqresult-none"]}""");
        batch["ResultsNotFound"]![0]!.GetValue<string>().ShouldBe("dqresult-none");
        (await Cloud.JsonAsync("AWSGlue.ListDataQualityRulesetEvaluationRuns", """{"Filter":{"DataSource":{"GlueTable":{"DatabaseName":"DB","TableName":"films"} },"RulesetName":"scored"} }"""
            .Replace("DB", filled.Database, StringComparison.Ordinal)))["Runs"]!.AsArray().Count.ShouldBe(1);

        var told = Cloud.Get<EventJournal>().Read().Select(line => JsonNode.Parse(line)!)
            .Last(published => published["detail-type"]!.GetValue<string>() == "Data Quality Evaluation Results Available" && published["detail"]!["resultID"]!.GetValue<string>() == id);
        told["source"]!.GetValue<string>().ShouldBe("aws.glue-dataquality");
        $"{told["detail"]!["state"]} {told["detail"]!["rulesSucceeded"]} {told["detail"]!["rulesFailed"]} {told["detail"]!["context"]!["contextType"]}".ShouldBe("FAILED 1 1 GLUE_DATA_CATALOG");
        var metrics = await Cloud.QueryAsync("monitoring", "ListMetrics", ("Version", "2010-08-01"), ("Namespace", "Glue Data Quality"));
        metrics.Descendants("MetricName").Select(name => name.Value).ShouldContain("glue.data.quality.rules.failed");
    }

    [Fact]
    public async Task Run_OverATableThatIsGone_FailsWithTheReason()
    {
        await CreateAsync("lost", "Rules = [ RowCount > 0 ]");

        var run = await RunAsync("lost", "gone");

        run["Status"]!.GetValue<string>().ShouldBe("FAILED");
        run["ErrorString"]!.GetValue<string>().ShouldContain("gone' does not exist");
    }

    [Fact]
    public async Task Run_Cancelled_IsStopped()
    {
        await CreateAsync("stopped", "Rules = [ RowCount > 0 ]");
        var id = await StartAsync("stopped", "films");

        await Cloud.JsonAsync("AWSGlue.CancelDataQualityRulesetEvaluationRun", $$"""{"RunId":"{{id}}"}""");
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await Cloud.JsonAsync("AWSGlue.GetDataQualityRulesetEvaluationRun", $$"""{"RunId":"{{id}}"}"""))["Status"]!.GetValue<string>().ShouldBe("STOPPED");
        (await Cloud.JsonErrorAsync("AWSGlue.CancelDataQualityRulesetEvaluationRun", $$"""{"RunId":"{{id}}"}""")).ShouldStartWith("InvalidInputException");
    }

    [Fact]
    public async Task Rulesets_EvaluatedFromWithin_SayWhichRulesFailed()
    {
        await CreateAsync("inner-good", "Rules = [ RowCount > 0 ]");
        await CreateAsync("inner-bad", "Rules = [ RowCount > 0, IsComplete \"kind\" ]");

        var outcomes = Cloud.Get<IRulesets>().Evaluate(Cloud.Call, "arn:aws:iam::000000000000:role/job", ["inner-good", "inner-bad"], CancellationToken.None);

        outcomes.Select(outcome => (outcome.Ruleset, outcome.Passed, outcome.Score)).ShouldBe([("inner-good", true, 1.0), ("inner-bad", false, 0.5)]);
        outcomes[1].Rules[1].ShouldBe(new("Rule_2", "IsComplete \"kind\"", "FAIL", "Value: 0.75 does not meet the constraint requirement!"));
        (await Cloud.JsonAsync("AWSGlue.GetDataQualityResult", $$"""{"ResultId":"{{outcomes[1].ResultId}}"}"""))["RulesetName"]!.GetValue<string>().ShouldBe("inner-bad");
    }

    [Fact]
    public async Task Rulesets_OfATableWithoutRows_AreEvaluatedFromWithinOnlyWhereTheyCountRows()
    {
        foreach (var (name, rule) in new[] { ("none-complete", "IsComplete \\\"id\\\""), ("none-counted", "RowCount > 0") })
            await Cloud.JsonAsync("AWSGlue.CreateDataQualityRuleset",
                $$$"""{"Name":"{{{name}}}","Ruleset":"Rules = [ {{{rule}}} ]","TargetTable":{"DatabaseName":"{{{filled.Database}}}","TableName":"nothing"} }""");

        var outcomes = Cloud.Get<IRulesets>().Evaluate(Cloud.Call, "arn:aws:iam::000000000000:role/job", ["none-complete", "none-counted"], CancellationToken.None);

        outcomes.Select(outcome => (outcome.IsEmpty, outcome.Passed)).ShouldBe([(true, true), (false, false)]);
    }

    [Fact]
    public async Task Ruleset_CreatedUpdatedAndDeleted_IsAsTheCallsSay()
    {
        await CreateAsync("kept", "Rules = [ RowCount > 0 ]");
        await Cloud.JsonAsync("AWSGlue.UpdateDataQualityRuleset", """{"Name":"kept","Ruleset":"Rules = [ RowCount > 1, RowCount > 2 ]"}""");

        (await Cloud.JsonAsync("AWSGlue.ListDataQualityRulesets", """{"Filter":{"Name":"kept"}}"""))["Rulesets"]![0]!["RuleCount"]!.GetValue<int>().ShouldBe(2);
        (await Cloud.JsonErrorAsync("AWSGlue.UpdateDataQualityRuleset", """{"Name":"kept","Ruleset":"Rules = ["}""")).ShouldStartWith("InvalidInputException: The ruleset is not valid.");
        (await Cloud.JsonErrorAsync("AWSGlue.CreateDataQualityRuleset", """{"Name":"kept","Ruleset":"Rules = [ RowCount > 0 ]"}""")).ShouldBe(
            "AlreadyExistsException: Data quality ruleset kept already exists.");
        await Cloud.JsonAsync("AWSGlue.DeleteDataQualityRuleset", """{"Name":"kept"}""");
        (await Cloud.JsonErrorAsync("AWSGlue.GetDataQualityRuleset", """{"Name":"kept"}""")).ShouldBe("EntityNotFoundException: Data quality ruleset kept not found.");
    }

    [Fact]
    public async Task Provisioner_OfARuleset_MakesUpdatesAndDeletes()
    {
        var provisioner = Cloud.Provisioner("AWS::Glue::DataQualityRuleset");
        var context = Cloud.Context("AWS::Glue::DataQualityRuleset");
        var properties = JsonNode.Parse("""{"Name":"stacked","Ruleset":"Rules = [ RowCount > 0 ]","TargetTable":{"DatabaseName":"d","TableName":"t"},"Tags":{"a":"b"}}""")!.AsObject();
        (await provisioner.CreateAsync(context, properties)).PhysicalId.ShouldBe("stacked");
        var after = properties.DeepClone().AsObject();
        after["Ruleset"] = "Rules = [ RowCount > 1 ]";

        provisioner.NeedsReplacement(context, properties, after).ShouldBeFalse();
        await provisioner.UpdateAsync(context, "stacked", properties, after);

        Cloud.Get<QualityState>().Find(Cloud.Call, "stacked").Ruleset.ShouldBe("Rules = [ RowCount > 1 ]");
        await provisioner.DeleteAsync(context, "stacked", after);
        Cloud.Get<QualityState>().Exists(Cloud.Call, "stacked").ShouldBeFalse();
    }

    private async Task<JsonNode> EvaluateAsync(string rule, string table = "films")
    {
        var name = $"r{Guid.NewGuid():N}";
        await CreateAsync(name, $"Rules = [ {rule} ]");
        var run = await RunAsync(name, table);
        run["Status"]!.GetValue<string>().ShouldBe("SUCCEEDED", run.ToJsonString());
        var result = await Cloud.JsonAsync("AWSGlue.GetDataQualityResult", $$"""{"ResultId":"{{run["ResultIds"]![0]}}"}""");
        return result["RuleResults"]![0]!;
    }

    private Task<JsonNode> CreateAsync(string name, string ruleset) => Cloud.JsonAsync("AWSGlue.CreateDataQualityRuleset", new JsonObject
    {
        ["Name"] = name,
        ["Ruleset"] = ruleset,
        ["TargetTable"] = new JsonObject { ["DatabaseName"] = filled.Database, ["TableName"] = "films" },
    }.ToJsonString());

    private async Task<string> StartAsync(string ruleset, string table) => (await Cloud.JsonAsync("AWSGlue.StartDataQualityRulesetEvaluationRun", new JsonObject
    {
        ["DataSource"] = new JsonObject { ["GlueTable"] = new JsonObject { ["DatabaseName"] = filled.Database, ["TableName"] = table } },
        ["Role"] = "arn:aws:iam::000000000000:role/quality",
        ["RulesetNames"] = new JsonArray(ruleset),
        ["AdditionalRunOptions"] = new JsonObject { ["CloudWatchMetricsEnabled"] = true },
    }.ToJsonString()))["RunId"]!.GetValue<string>();

    private async Task<JsonNode> RunAsync(string ruleset, string table = "films")
    {
        var id = await StartAsync(ruleset, table);
        await Cloud.AdvanceAsync(TimeSpan.Zero);
        return await Cloud.JsonAsync("AWSGlue.GetDataQualityRulesetEvaluationRun", $$"""{"RunId":"{{id}}"}""");
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.Tests.Synthesis;
using Names = PipelineStacks.Model.Names;

namespace PipelineStacks.Tests.Delivery;

/// <summary>QA and prod differ only by settings: what is verified in the one is what is deployed to the other.</summary>
[Collection(DeliveryTests.Name)]
public sealed class StageDifferenceTests(DeliveryTemplates templates)
{
    /// <summary>Every difference, by regular expressions for stack and place, with the setting that makes it. One that makes none any more must go.</summary>
    private static readonly (string Stack, string Place, string Setting)[] Explained =
    [
        ("", "^Resources/\\w+/Properties/RetentionInDays$", "logRetentionDays"),
        ("^analytics$", "/BytesScannedCutoffPerQuery$", "queries.scanLimitMegabytes"),
        ("^catalog$", "^Resources/\\w+LandingTable\\w+/Properties/TableInput/", "replication.format"),
        ("^etl$", "/--retain-hours$", "etl.retainHours"),
        ("^etl$", "/NumberOfWorkers$", "etl.workers"),
        ("^etl$", "/Timeout$", "etl.timeoutMinutes"),
        ("^monitoring$", "/BudgetLimit/Amount$", "monitoring.monthlyBudget"),
        ("^monitoring$", "DatabaseConnections\\w+/Properties/(AlarmDescription|Threshold)$", "monitoring.databaseConnections"),
        ("^monitoring$", "DatabaseStorage\\w+/Properties/(AlarmDescription|Threshold)$", "database.storageGigabytes"),
        ("^monitoring$", "DeliveryFreshness\\w+/Properties/(AlarmDescription|Threshold)$", "delivery.bufferSeconds"),
        ("^monitoring$", "Duration\\w+/Properties/(AlarmDescription|Period|Threshold)$", "etl.timeoutMinutes"),
        ("^monitoring$", "InstanceStorage\\w+/Properties/Threshold$", "replication.storageGigabytes"),
        ("^monitoring$", "IteratorAge\\w+/Properties/(AlarmDescription|Threshold)$", "stream.retentionHours"),
        // Dashboards draw the thresholds, those of the jobs in each.
        ("^monitoring$", "Dashboard\\w+/Properties/DashboardBody$", "etl.timeoutMinutes"),
        ("^network$", "/(CidrBlock|CidrIp)$", "network.addresses"),
        ("^network$", "^Resources/NetworkEndpoints(Athena|Glue)", "replication.validation"),
        ("^replication$", "^Resources/TargetRole", "replication.validation"),
        ("^replication$", "/S3Settings/", "replication.format"),
        ("^replication$", "/AllocatedStorage$", "replication.storageGigabytes"),
        ("^replication$", "/ReplicationInstanceClass$", "replication.instanceClass"),
        ("^replication$", "/MultiAZ$", "replication.multiAz"),
        ("^replication$", "/ReplicationTaskSettings$", "replication.validation"),
        ("^sourcedatabase$", "/AllocatedStorage$", "database.storageGigabytes"),
        ("^sourcedatabase$", "/MaxAllocatedStorage$", "database.maximumStorageGigabytes"),
        ("^sourcedatabase$", "/BackupRetentionPeriod$", "database.backupDays"),
        ("^sourcedatabase$", "/BINLOG_HOURS$", "database.binlogHours"),
        ("^sourcedatabase$", "/DBInstanceClass$", "database.instanceClass"),
        ("^sourcedatabase$", "/MultiAZ$", "database.multiAz"),
        ("^sourcedatabase$", "/DeletionProtection$", "database.deletionProtection"),
        ("^sourcedatabase$", "(MasterUser|AdminSecret|ADMIN_SECRET_ARN|AdminRole)", "database.rotateAdminPassword"),
        ("^(iot|streaming)$", "/(StreamMode|ShardCount)$", "stream.mode"),
        ("^(iot|streaming)$", "/RetentionPeriodHours$", "stream.retentionHours"),
        ("^(iot|streaming)$", "/IntervalInSeconds$", "delivery.bufferSeconds"),
        ("^(iot|streaming)$", "/SizeInMBs$", "delivery.bufferMegabytes"),
        ("^(iot|streaming)$", "(/S3Backup|FirehoseRole)", "delivery.sourceBackup"),
        ("^verification$", "^Resources/DeliveryRole", TestData),
    ];

    /// <summary>The one setting of the delivery that makes a stage another.</summary>
    private const string TestData = "delivery's testDataInLastStage";

    /// <summary>Settings whose default is another for the environment named prod.</summary>
    private static readonly string[] ByName = ["terminationProtection", "database.multiAz", "database.deletionProtection", "replication.multiAz"];

    [Fact]
    public void Differences_OfQaAndProd_ComeEachFromASetting()
    {
        var differences = Differences(templates.Stages);

        differences.Where(difference => !Explained.Any(entry => Explains(entry, difference))).Select(difference => difference.ToString())
            .ShouldBeEmpty("Which setting makes it? Add it to the table, or make the environments alike.");
        Explained.Where(entry => !differences.Any(difference => Explains(entry, difference))).ShouldBeEmpty("Nothing differs like this any more, so let the entry go.");
        Explained.Select(entry => entry.Setting).Distinct().Where(setting => setting != TestData && !ByName.Contains(setting))
            .Where(setting => Written("qa", setting) == Written("prod", setting)).ShouldBeEmpty("It is the same in qa and prod, and can't be the reason.");
    }

    // The reverse: whatever the two have, given the same they are the same.
    [Fact]
    public void QaAndProd_WithTheSameSettings_AreTheSame()
    {
        const string same = """
            {"account":"222222222222","region":"eu-west-1","pipelines":["film-events","sakila","play-logs","telemetry"],"terminationProtection":true,"logRetentionDays":60,
             "database":{"multiAz":true,"deletionProtection":true},"replication":{"multiAz":true,"format":"parquet"}}
            """;

        Differences(Templates.Of(CdkJson.App($$"""{"qa":{{same}},"prod":{{same}}}"""))).ShouldBeEmpty();
    }

    private static bool Explains((string Stack, string Place, string Setting) entry, Difference difference) =>
        Regex.IsMatch(difference.Stack, entry.Stack) && Regex.IsMatch(difference.Place, entry.Place);

    private static string Written(string environment, string setting)
    {
        JsonElement? at = CdkJson.Context.GetProperty("environments").GetProperty(environment);
        foreach (var key in setting.Split('.'))
            at = at is { } json && json.TryGetProperty(key, out var member) ? member : null;
        return at?.GetRawText() ?? "";
    }

    private static List<Difference> Differences(IReadOnlyList<Template> stages)
    {
        var (qa, prod) = (Of("qa"), Of("prod"));
        prod.Select(template => template.Stack).ShouldBe(qa.Select(template => template.Stack));
        return [.. qa.Zip(prod).SelectMany(pair => Between(pair.First.Stack, null, Neutral(pair.First), Neutral(pair.Second)))];

        List<Template> Of(string environment) => [.. stages.Where(template => template.Environment == environment).OrderBy(template => template.Stack, StringComparer.Ordinal)];
    }

    // Without the environment's name, which is in names, and without its account. The CDK takes the path into the ids of rules between security groups.
    private static JsonNode Neutral(Template template)
    {
        var stage = new Names(template.Environment).Stage;
        var text = Regex.Replace(Readable.Snapshot(template), $"(?<![A-Za-z]){template.Environment}(?![A-Za-z])", "<environment>");
        text = Regex.Replace(text, $"from{stage}(\\w+?)[0-9A-F]{{16,}}", "from<Stage>$1").Replace($"\"{stage}/", "\"<Stage>/", StringComparison.Ordinal);
        return JsonNode.Parse(text.Replace(DeliveryTemplates.QaAccount, "<account>", StringComparison.Ordinal).Replace(DeliveryTemplates.ProdAccount, "<account>", StringComparison.Ordinal))!;
    }

    private static IEnumerable<Difference> Between(string stack, string? place, JsonNode? qa, JsonNode? prod)
    {
        if (JsonNode.DeepEquals(qa, prod))
            return [];
        if (qa is JsonObject left && prod is JsonObject right)
            return left.Select(member => member.Key).Union(right.Select(member => member.Key)).SelectMany(key => Between(stack, place is null ? key : $"{place}/{key}", left[key], right[key]));
        if (qa is JsonArray some && prod is JsonArray others && some.Count == others.Count)
            return Enumerable.Range(0, some.Count).SelectMany(i => Between(stack, $"{place}/{i}", some[i], others[i]));
        return [new(stack, place ?? "", Readable.Line(qa), Readable.Line(prod))];
    }

    private sealed record Difference(string Stack, string Place, string Qa, string Prod)
    {
        public override string ToString() => $"{Stack}/{Place}: {Qa} in qa, {Prod} in prod";
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Replications;
using PipelineStacks.EndToEnd.Tests.Fixtures;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.EndToEnd.Tests.Replications;

/// <summary>
/// Rows and checksums from the files of DMS, over histories in which the same rows change several times within a second and while they are loaded.
/// </summary>
public sealed class LandingStateTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const string Header = "Op,dms_timestamp,id,price,made,label,picture,change_seq\n";

    private static readonly IReadOnlyList<Column> Columns =
    [
        Column.FromMySql("id", "int", "Key"), Column.FromMySql("price", "decimal(5,2)", "Decimal"), Column.FromMySql("made", "datetime", "Time"),
        Column.FromMySql("label", "varchar(20)", "Text"), Column.FromMySql("picture", "blob", "Bytes"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Table_OverARandomHistory_IsWhatTheSourceIs_AndASingleChangedValueIsFound(int seed)
    {
        using var aws = new AwsClients(new AwsSettings(cloud.Environment.GetValueOrDefault), TimeProvider.System);
        var history = new History(new Random(seed));
        (await cloud.PythonAsync($$"""
            client("s3").create_bucket(Bucket="lake-{{seed}}", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            glue = client("glue")
            glue.create_database(DatabaseInput={"Name": "d{{seed}}"})
            columns = [{"Name": name, "Type": "string"} for name in "{{Header.Trim().ToLowerInvariant()}}".split(",")]
            glue.create_table(DatabaseName="d{{seed}}", TableInput={
                "Name": "history", "TableType": "EXTERNAL_TABLE",
                "Parameters": {"classification": "csv", "skip.header.line.count": "1"},
                "StorageDescriptor": {
                    "Columns": columns, "Location": "s3://lake-{{seed}}/t/",
                    "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
                    "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                    "SerdeInfo": {
                        "SerializationLibrary": "org.apache.hadoop.hive.serde2.OpenCSVSerde",
                        "Parameters": {"separatorChar": ",", "quoteChar": '"', "escapeChar": '"'} } } })
            client("athena").create_work_group(Name="w{{seed}}", Configuration={"ResultConfiguration": {"OutputLocation": "s3://lake-{{seed}}/results/"} })
            """)).Succeeded();
        await aws.S3.PutAsync($"lake-{seed}", "t/LOAD00000001.csv", history.Load, default);
        await aws.S3.PutAsync($"lake-{seed}", "t/2026/11/20/20261120-100000000.csv", history.Changes, default);
        (await StateAsync()).ShouldBe(["history", $"{history.Rows.Count}", "0", history.Checksum]);

        var (id, row) = history.Rows.First();
        await aws.S3.PutAsync($"lake-{seed}", "t/2026/11/20/20261120-100100000.csv", $"{Header}U,2026-11-20 11:00:00,{id},{row.Csv.Replace(row.Label, row.Label + "!", StringComparison.Ordinal)},9\n", default);
        var changed = await StateAsync();
        changed[1].ShouldBe($"{history.Rows.Count}");
        changed[3].ShouldNotBe(history.Checksum);

        await aws.S3.PutAsync($"lake-{seed}", "t/2026/11/20/20261120-100200000.csv", history.Changes, default);
        (await StateAsync())[2].ShouldNotBe("0", "a file that was written twice is told");

        async Task<IReadOnlyList<string?>> StateAsync() =>
            (await aws.Athena.RunAsync(LandingState.Sql("history", ["id"], CanonicalText.Row(Columns, "NULL")), $"w{seed}", $"d{seed}", default)).Rows.ShouldHaveSingleItem();
    }

    /// <summary>Some rows, changed at random within seconds that all look the same; in the middle they are loaded, and the changes since are counted.</summary>
    private sealed class History
    {
        public History(Random random)
        {
            var (load, changes) = (new StringBuilder(Header), new StringBuilder(Header));
            foreach (var id in Enumerable.Range(0, 300).Where(_ => random.Next(2) == 0))
            {
                Rows[id] = new(random);
                load.Append(CultureInfo.InvariantCulture, $"I,2026-11-20 10:00:30.123456,{id},{Rows[id].Csv},\n");
            }

            for (var change = 1; change <= 2000; change++)
            {
                var id = random.Next(300);
                var op = !Rows.ContainsKey(id) ? 'I' : random.Next(3) == 0 ? 'U' : 'D';
                var row = op == 'D' ? Rows[id] : new Row(random);
                if (op == 'D')
                    Rows.Remove(id);
                else
                    Rows[id] = row;
                changes.Append(CultureInfo.InvariantCulture, $"{op},2026-11-20 10:00:00.000000,{id},{row.Csv},{change:D5}\n");
            }

            (Load, Changes) = (load.ToString(), changes.ToString());
        }

        public string Load { get; }

        public string Changes { get; }

        public SortedDictionary<int, Row> Rows { get; } = [];

        // A checksum against mistakes, which protects nothing.
#pragma warning disable CA5351
        public string Checksum => Rows.Aggregate(BigInteger.Zero, (sum, row) =>
            sum + BinaryPrimitives.ReadInt64BigEndian(MD5.HashData(Encoding.UTF8.GetBytes($"{row.Key}|{row.Value.Canonical}")))).ToString(CultureInfo.InvariantCulture);
#pragma warning restore CA5351
    }

    private sealed class Row(Random random)
    {
        private readonly string _price = (random.Next(10_000) / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        private readonly string? _made = random.Next(4) == 0 ? null : $"2026-01-{random.Next(10, 29)} 10:11:12";
        private readonly string? _picture = random.Next(3) == 0 ? null : $"00{random.Next(256):X2}";

        public string Label { get; } = $"ü|{random.Next()}";

        public string Csv => $"{_price},{_made ?? "NULL"},\"{Label}, \"\"x\"\"\",{_picture ?? "NULL"}";

        public string Canonical => $@"{_price}|{(_made is null ? @"\N" : _made + ".000")}|{Label.Replace("|", @"\|", StringComparison.Ordinal)}, ""x""|{_picture ?? @"\N"}";
    }
}

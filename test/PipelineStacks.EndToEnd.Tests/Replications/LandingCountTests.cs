using System.Globalization;
using System.Text;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Replications;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Replications;

/// <summary>Rows counted from the files of DMS, over histories in which the same rows change several times within a second and while they are loaded.</summary>
public sealed class LandingCountTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const int Keys = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rows_ThatChangedWithinSeconds_AreCountedAsTheyAre(int seed)
    {
        using var aws = new AwsClients(new AwsSettings(cloud.Environment.GetValueOrDefault), TimeProvider.System);
        var history = new History(new Random(seed));
        var table = $"history_{seed}";
        (await cloud.PythonAsync($$"""
            client("s3").create_bucket(Bucket="lake-{{seed}}", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            glue = client("glue")
            glue.create_database(DatabaseInput={"Name": "d{{seed}}"})
            columns = [{"Name": name, "Type": "string"} for name in ["op", "id", "dms_timestamp"]]
            glue.create_table(DatabaseName="d{{seed}}", TableInput={
                "Name": "{{table}}", "TableType": "EXTERNAL_TABLE",
                "Parameters": {"classification": "csv", "skip.header.line.count": "1"},
                "StorageDescriptor": {
                    "Columns": columns, "Location": "s3://lake-{{seed}}/t/",
                    "InputFormat": "org.apache.hadoop.mapred.TextInputFormat",
                    "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                    "SerdeInfo": {"SerializationLibrary": "org.apache.hadoop.hive.serde2.OpenCSVSerde"} } })
            client("athena").create_work_group(Name="w{{seed}}", Configuration={"ResultConfiguration": {"OutputLocation": "s3://lake-{{seed}}/results/"} })
            """)).Succeeded();
        await aws.S3.PutAsync($"lake-{seed}", "t/LOAD00000001.csv", history.Load, default);
        await aws.S3.PutAsync($"lake-{seed}", "t/2026/11/20/20261120-100000000.csv", history.Changes, default);
        var result = await aws.Athena.RunAsync(LandingCount.Sql(table, ["id"]), $"w{seed}", $"d{seed}", default);
        result.Rows.ShouldHaveSingleItem().ShouldBe([table, history.Rows.ToString(CultureInfo.InvariantCulture), "0"]);

        await aws.S3.PutAsync($"lake-{seed}", "t/2026/11/20/20261120-100100000.csv", "Op,id,dms_timestamp\nI,1000,2026-11-20 11:00:00\nI,1000,2026-11-20 11:00:00\n", default);
        (await aws.Athena.RunAsync(LandingCount.Sql(table, ["id"]), $"w{seed}", $"d{seed}", default)).Rows.ShouldHaveSingleItem()[2].ShouldBe("1", "a file that was written twice is told");
    }

    /// <summary>Some rows, changed at random for 20 seconds; in the middle, between two seconds, they are loaded, with the changes from the beginning.</summary>
    private sealed class History
    {
        private const string Header = "Op,id,dms_timestamp\n";

        public History(Random random)
        {
            var rows = Enumerable.Range(0, Keys).Where(_ => random.Next(2) == 0).ToHashSet();
            var (load, changes) = (new StringBuilder(Header), new StringBuilder(Header));
            for (var second = 0; second < 20; second++)
            {
                var time = $"2026-11-20 10:00:{second:00}.000000";
                if (second == 10)
                    load.AppendJoin("", rows.Select(id => $"I,{id},2026-11-20 10:00:30.123456\n"));
                for (var i = 0; i < 200; i++)
                {
                    var id = random.Next(Keys);
                    var op = !rows.Contains(id) ? 'I' : random.Next(3) == 0 ? 'U' : 'D';
                    if (op == 'I')
                        rows.Add(id);
                    else if (op == 'D')
                        rows.Remove(id);
                    changes.Append(CultureInfo.InvariantCulture, $"{op},{id},{time}\n");
                }
            }

            (Load, Changes, Rows) = (load.ToString(), changes.ToString(), rows.Count);
        }

        public string Load { get; }

        public string Changes { get; }

        public int Rows { get; }
    }
}

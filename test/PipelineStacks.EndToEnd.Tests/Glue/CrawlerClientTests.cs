using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Glue;

public sealed class CrawlerClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Boto3_CrawlsJson_AndEvaluatesARulesetOverTheTable() =>
        (await cloud.PythonAsync("""
            import time
            s3, glue = client("s3"), client("glue")
            s3.create_bucket(Bucket="crawled", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            for day in ("2026-11-19", "2026-11-20"):
                s3.put_object(Bucket="crawled", Key=f"plays/day={day}/1.json", Body=b'{"player": 1, "score": 2.5}\n{"player": 2, "score": 3}\n')
            glue.create_database(DatabaseInput={"Name": "crawled"})
            glue.create_crawler(Name="plays", Role="crawler", DatabaseName="crawled", Targets={"S3Targets": [{"Path": "s3://crawled/plays/"}]},
                RecrawlPolicy={"RecrawlBehavior": "CRAWL_EVERYTHING"}, Tags={"a": "b"})
            glue.start_crawler(Name="plays")
            while glue.get_crawler(Name="plays")["Crawler"]["State"] != "READY":
                time.sleep(0.05)
            print(glue.get_crawler(Name="plays")["Crawler"]["LastCrawl"]["Status"])
            table = glue.get_table(DatabaseName="crawled", Name="plays")["Table"]
            print([c["Name"] + " " + c["Type"] for c in table["StorageDescriptor"]["Columns"]], [c["Name"] for c in table["PartitionKeys"]])
            print([p["Values"] for p in glue.get_partitions(DatabaseName="crawled", TableName="plays")["Partitions"]])
            source = {"DatabaseName": "crawled", "TableName": "plays"}
            glue.create_data_quality_ruleset(Name="plays", Ruleset='Rules = [ RowCount = 4, IsUnique "player" ]', TargetTable=source)
            run = glue.start_data_quality_ruleset_evaluation_run(DataSource={"GlueTable": source}, Role="quality", RulesetNames=["plays"])["RunId"]
            while glue.get_data_quality_ruleset_evaluation_run(RunId=run)["Status"] not in ("SUCCEEDED", "FAILED"):
                time.sleep(0.05)
            result = glue.get_data_quality_result(ResultId=glue.get_data_quality_ruleset_evaluation_run(RunId=run)["ResultIds"][0])
            print(result["Score"], [rule["Result"] for rule in result["RuleResults"]])
            """)).Succeeded().Trim().ShouldBe("""
            SUCCEEDED
            ['player int', 'score double'] ['day']
            [['2026-11-19'], ['2026-11-20']]
            0.5 ['PASS', 'FAIL']
            """);
}

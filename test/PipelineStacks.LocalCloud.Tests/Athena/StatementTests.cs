namespace PipelineStacks.LocalCloud.Tests.Athena;

public sealed class StatementTests(AthenaCloud cloud) : IClassFixture<AthenaCloud>
{
    [Fact]
    public async Task ExternalTable_CreatedDescribedAndDropped_IsInTheCatalog()
    {
        await cloud.PutAsync("ext/a.csv", "1;x\n");
        await cloud.RunAsync("""
            CREATE EXTERNAL TABLE IF NOT EXISTS `films`.`ext` (`id` int COMMENT 'the key', tags string)
            PARTITIONED BY (`day` date)
            ROW FORMAT DELIMITED FIELDS TERMINATED BY ';'
            STORED AS TEXTFILE LOCATION 's3://lake/ext/' TBLPROPERTIES ('skip.header.line.count'='0')
            """);

        (await cloud.RowsAsync("SHOW TABLES IN films 'ex*'")).ShouldBe(["ext"]);
        (await cloud.RowsAsync("SHOW COLUMNS IN ext")).Select(line => line.Trim()).ShouldBe(["id", "tags", "day"]);
        (await cloud.RowsAsync("DESCRIBE ext"))[0].Split('\t').Select(part => part.Trim()).ShouldBe(["id", "int", "the key"]);
        (await cloud.RowsAsync("SHOW CREATE TABLE ext")).ShouldContain("LOCATION");
        (await cloud.FailureAsync("CREATE EXTERNAL TABLE ext (id int) LOCATION 's3://lake/ext/'")).ShouldContain("AlreadyExistsException(message:Table already exists.)");
        await cloud.RunAsync("DROP TABLE ext");
        await cloud.RunAsync("DROP TABLE IF EXISTS ext");
        (await cloud.FailureAsync("DESCRIBE ext")).ShouldBe("FAILED: SemanticException [Error 10001]: Table not found films.ext");
    }

    [Fact]
    public async Task View_CreatedOverATable_IsQueriedLikeOne()
    {
        await cloud.PutAsync("viewed/a.json", "{\"a\":1}\n{\"a\":2}\n");
        await cloud.TableAsync("viewed", "a int", "viewed/", "org.openx.data.jsonserde.JsonSerDe");
        await cloud.RunAsync("CREATE OR REPLACE VIEW doubled AS SELECT a, a * 2 AS b FROM viewed;");
        await cloud.RunAsync("CREATE OR REPLACE VIEW more AS SELECT b + 1 AS c FROM doubled");

        (await cloud.RowsAsync("SELECT max(c) FROM more")).ShouldBe(["5"]);
        (await cloud.RowsAsync("SHOW VIEWS")).ShouldBe(["doubled", "more"]);
        (await cloud.RowsAsync("SHOW CREATE VIEW doubled")).ShouldBe(["CREATE VIEW films.doubled AS", "SELECT a, a * 2 AS b FROM viewed"]);
        await cloud.RunAsync("DROP VIEW doubled");
        (await cloud.FailureAsync("SELECT * FROM more")).ShouldContain("TABLE_NOT_FOUND");
    }

    [Fact]
    public async Task Database_CreatedAndDropped_AsksForCascadeWhenFull()
    {
        await cloud.RunAsync("CREATE DATABASE IF NOT EXISTS extra COMMENT 'more'");
        (await cloud.RowsAsync("SHOW DATABASES")).ShouldContain("extra");
        await cloud.RunAsync("CREATE EXTERNAL TABLE extra.t (id int) LOCATION 's3://lake/t/'");
        (await cloud.FailureAsync("DROP DATABASE extra")).ShouldContain("is not empty");
        await cloud.RunAsync("DROP DATABASE extra CASCADE");
        (await cloud.RowsAsync("SHOW SCHEMAS LIKE 'ext*'")).ShouldBeEmpty();
    }
}

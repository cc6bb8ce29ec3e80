using System.IO.Compression;
using System.Text;

namespace PipelineStacks.LocalCloud.Tests.Athena;

public sealed class TextTableTests(AthenaCloud cloud) : IClassFixture<AthenaCloud>
{
    private const string OpenX = "org.openx.data.jsonserde.JsonSerDe";
    private const string Lazy = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
    private const string OpenCsv = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    [Fact]
    public async Task OpenX_WithMappingsAndKeysInAnyCase_FindsTheColumns()
    {
        await cloud.PutAsync("openx/a.json", """
            {"timestamp":"2026-11-20T09:00:00Z","eventType":"play","filmId":7,"tags":["x","y"],"extra":{"k":1}}
            {"timestamp":"2026-11-20 09:00:01.5","EVENTTYPE":"stop","filmId":"8"}
            {"timestamp":1795165200000,"filmId":null}
            """);
        await cloud.TableAsync("openx", "event_time timestamp;eventtype string;filmid int;tags array<string>;extra string;missing bigint", "openx", OpenX,
            serdeParameters: """{"mapping.event_time":"timestamp"}""");

        (await cloud.RowsAsync("SELECT * FROM openx ORDER BY filmid")).ShouldBe([
            "2026-11-20 09:00:00.000|play|7|[x, y]|{\"k\":1}|∅",
            "2026-11-20 09:00:01.500|stop|8|∅|∅|∅",
            "2026-11-20 09:00:00.000|∅|∅|∅|∅|∅",
        ]);
    }

    [Fact]
    public async Task OpenX_NestedValues_AreReadByTheirTypesWithKeysInAnyCase()
    {
        await cloud.PutAsync("nested/a.json", """
            {"id":1,"source":{"catalogId":"1","Region":null,"other":[1],"at":{"Time":"2026-11-20T09:00:00Z"}},"steps":[{"Name":"a","n":1},{"name":"b"},null],"levels":{"x":{"N":1}}}
            {"id":2,"source":null,"steps":[],"levels":{}}
            {"id":3}
            """);
        await cloud.TableAsync("nested", "id int;source struct<catalogid:string,region:string,missing:int,at:struct<time:timestamp>>;"
            + "steps array<struct<name:string,n:bigint>>;levels map<string,struct<n:int>>", "nested", OpenX);

        (await cloud.RowsAsync("SELECT * FROM nested ORDER BY id")).ShouldBe([
            "1|{catalogid=1, region=null, missing=null, at={time=2026-11-20 09:00:00.000}}|[{name=a, n=1}, {name=b, n=null}, null]|{x={n=1}}",
            "2|∅|[]|{}",
            "3|∅|∅|∅",
        ]);
        (await cloud.RowsAsync("SELECT source.at.time, steps[1].n, levels['x'].n FROM nested WHERE id = 1")).ShouldBe(["2026-11-20 09:00:00.000|1|1"]);

        await cloud.PutAsync("flat/a.json", """{"source":"x"}""");
        await cloud.TableAsync("flat", "source struct<a:int>", "flat", OpenX);
        (await cloud.FailureAsync("SELECT source FROM flat")).ShouldBe("HIVE_BAD_DATA: Data is not JSONObject but \"x\"");
    }

    [Fact]
    public async Task Json_Malformed_FailsUnlessTheTableIgnoresIt()
    {
        await cloud.PutAsync("broken/a.json", "{\"a\":1}\nnot json\n{\"a\":2}\n");
        await cloud.TableAsync("strict", "a int", "broken/", OpenX);
        await cloud.TableAsync("lenient", "a int", "broken/", OpenX, serdeParameters: """{"ignore.malformed.json":"true"}""");

        (await cloud.FailureAsync("SELECT a FROM strict")).ShouldStartWith("HIVE_CURSOR_ERROR: Row is not a valid JSON Object");
        (await cloud.RowsAsync("SELECT a FROM lenient WHERE a IS NOT NULL ORDER BY a")).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Json_Compressed_IsReadByItsExtension()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes("{\"a\":1}\n"));
        await cloud.PutAsync("mixed/a.json.gz", packed.ToArray());
        await cloud.PutAsync("mixed/b.json", "{\"a\":2}\n");
        await cloud.TableAsync("mixed", "a int", "mixed/", OpenX);

        (await cloud.RowsAsync("SELECT a, \"$path\" FROM mixed ORDER BY a")).ShouldBe(["1|s3://lake/mixed/a.json.gz", "2|s3://lake/mixed/b.json"]);
    }

    [Fact]
    public async Task LazySimple_WithHeaderAndNulls_ReadsByOrder()
    {
        await cloud.PutAsync("lazy/a.csv", "id,name,when\n1,\"quoted\",2026-11-20\n2,\\N,bad\nx,three\n");
        await cloud.TableAsync("lazy", "id int;name string;day date", "lazy/", Lazy,
            parameters: """{"skip.header.line.count":"1"}""", serdeParameters: """{"field.delim":","}""");

        (await cloud.RowsAsync("SELECT * FROM lazy ORDER BY id")).ShouldBe(["1|\"quoted\"|2026-11-20", "2|∅|∅", "∅|three|∅"]);
    }

    [Fact]
    public async Task OpenCsv_Quoted_ReadsDatesAsNumbers()
    {
        await cloud.PutAsync("opencsv/a.csv", "\"1\",\"a,b\",\"20777\"\n2,c,20778\n");
        await cloud.TableAsync("opencsv", "id int;name string;day date", "opencsv/", OpenCsv);

        (await cloud.RowsAsync("SELECT * FROM opencsv ORDER BY id")).ShouldBe(["1|a,b|2026-11-20", "2|c|2026-11-21"]);
    }

    [Fact]
    public async Task Format_ThatCantBeRead_IsRefusedByName()
    {
        await cloud.TableAsync("orc", "id int", "orc/", "org.apache.hadoop.hive.ql.io.orc.OrcSerde");

        (await cloud.FailureAsync("SELECT * FROM orc")).ShouldContain("org.apache.hadoop.hive.ql.io.orc.OrcSerde");
    }
}

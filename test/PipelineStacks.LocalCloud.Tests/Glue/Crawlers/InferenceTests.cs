using System.IO.Compression;
using System.Text;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

namespace PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

public sealed class InferenceTests
{
    [Theory]
    // A header: all strings, valid names, and some row has what is no string.
    [InlineData("id,name\n1,Ann\n2,Bob\n", ",", "id bigint, name string", true)]
    [InlineData("Id,Full Name\n1,Ann\n", ",", "id bigint, full name string", true)]
    [InlineData("id|price\n1|2.5\n2|3\n", "|", "id bigint, price double", true)]
    [InlineData("id\tok\n1\ttrue\n2\tFALSE\n", "\t", "id bigint, ok boolean", true)]
    [InlineData("id;note\n1;\n2;\n", ";", "id bigint, note string", true)]
    [InlineData("id\u0001note\n1\u0001x\n", "\u0001", "id bigint, note string", true)]
    // No header: a first row that is not all strings, all strings throughout, an empty name in the middle, a name of 150 characters.
    [InlineData("1,Ann\n2,Bob\n", ",", "col1 bigint, col2 string", false)]
    [InlineData("name,city\nAnn,Graz\nBob,Linz\n", ",", "col1 string, col2 string", false)]
    [InlineData("a,,c\n1,2,3\n", ",", "col1 string, col2 bigint, col3 string", false)]
    [InlineData("LONG,b\n1,2\n", ",", "col1 string, col2 string", false)]
    // A trailing delimiter leaves a last column that is empty throughout.
    [InlineData("a,b,\n1,2,\n3,4,\n", ",", "a bigint, b bigint, col3 string", true)]
    // Dates stay strings; numbers widen; a mixture is a string; too long for a bigint is a double.
    [InlineData("d,n,m,x\n2026-11-20,1,1,99999999999999999999\n2026-11-21,1.5,y,1\n", ",", "d string, n double, m string, x double", true)]
    [InlineData("a,b\n\"1\",\"x,\"\"y\"\"\"\n2,z\n", ",", "a bigint, b string", true)]
    [InlineData("a,b\r\n1,x\r\n\r\n2,y\r\n", ",", "a bigint, b string", true)]
    [InlineData("a,a\n1,2\n", ",", "a bigint, a_1 bigint", true)]
    public void Csv_ByTheClassifiersRules_HasDelimiterHeaderAndTypes(string text, string delimiter, string columns, bool header)
    {
        var schema = CsvInference.Read(Sample(text.Replace("LONG", new string('l', 150), StringComparison.Ordinal)))!;

        schema.Format.Delimiter.ToString().ShouldBe(delimiter);
        Columns(schema).ShouldBe(columns);
        schema.Format.HasHeader.ShouldBe(header);
    }

    [Theory]
    [InlineData("only\none\ncolumn\n")]
    [InlineData("one,row\n")]
    [InlineData("")]
    [InlineData("binary\0,x\n1,2\n")]
    public void Csv_OfOneColumnOrOneRow_IsNoCsv(string text) => CsvInference.Read(Sample(text)).ShouldBeNull();

    [Fact]
    public void Csv_ByACustomClassifier_IsReadAsItSays()
    {
        var named = CsvInference.Read(Sample("x~'a~b'\ny~c\n"), new() { Delimiter = "~", QuoteSymbol = "'", Header = ["one", "two"], ContainsHeader = "ABSENT" })!;
        Columns(named).ShouldBe("one string, two string");
        named.Records.ShouldBe(2);

        var present = CsvInference.Read(Sample("name,city\nAnn,Graz\n"), new() { Delimiter = ",", ContainsHeader = "PRESENT" })!;
        Columns(present).ShouldBe("name string, city string");

        var typed = CsvInference.Read(Sample("1\n2\n"), new CsvClassifier { Delimiter = ",", AllowSingleColumn = true, ContainsHeader = "ABSENT", CustomDatatypeConfigured = true, CustomDatatypes = ["LONG"] })!;
        Columns(typed).ShouldBe("col1 bigint");

        Columns(CsvInference.Read(Sample("a,b\n1,2\n"), new() { Serde = "OpenCSVSerDe" })!).ShouldBe("a string, b string");
    }

    [Theory]
    [InlineData("""{"A":1,"b":"x"}""", "a int, b string")]
    [InlineData("""{"a":1} {"a":9999999999}""", "a bigint")]
    [InlineData("""{"a":1}{"a":1.5}""", "a double")]
    [InlineData("""{"a":null} {"a":true}""", "a boolean")]
    [InlineData("""{"a":null}""", "a string")]
    [InlineData("""{"a":1} {"a":"x"}""", "a string")]
    [InlineData("""{"at":"2026-11-20T10:00:00Z"}""", "at string")]
    [InlineData("""{"a":[1,2.5],"b":[]}""", "a array<double>, b array<string>")]
    [InlineData("""{"p":{"X":1,"y":[{"z":true}]}} {"p":{"X":2,"w":"v"}}""", "p struct<X:int,y:array<struct<z:boolean>>,w:string>")]
    [InlineData("""{"p":{"x":1}} {"p":"gone"}""", "p string")]
    [InlineData("""[{"a":1},{"a":2,"b":"c"}]""", "array array<struct<a:int,b:string>>")]
    [InlineData("{\"a\":1}\n{\"a\":oops}\n{\"a\":2,\"b\":1}\n", "a int, b int")]
    public void Json_ObjectsOrAnArray_HasTheColumnsOfAll(string text, string columns) => Columns(JsonInference.Read(Sample(text))!).ShouldBe(columns);

    [Theory]
    [InlineData("plain text")]
    [InlineData("1 2 3")]
    [InlineData("{broken")]
    public void Json_OfAnythingElse_IsNoJson(string text) => JsonInference.Read(Sample(text)).ShouldBeNull();

    [Theory]
    [InlineData("$[*]", """[{"a":1},{"b":2}]""", "a int, b int")]
    [InlineData("$.rows[*]", """{"rows":[{"a":1}],"n":1}""", "a int")]
    [InlineData("$", """{"a":1}""", "a int")]
    public void Json_ByACustomPath_HasTheColumnsOfWhatItLeadsTo(string path, string text, string columns) =>
        Columns(JsonInference.Read(Sample(text), JsonPath.Parse(path))!).ShouldBe(columns);

    [Fact]
    public void JsonPath_WithFilters_IsNotFollowed() => JsonPath.Parse("$.rows[?(@.a)]").ShouldBeNull();

    [Theory]
    [InlineData("int", "bigint", "bigint")]
    [InlineData("bigint", "double", "double")]
    [InlineData("decimal(10,2)", "decimal(5,4)", "decimal(12,4)")]
    [InlineData("date", "timestamp", "string")]
    [InlineData("boolean", "int", "string")]
    public void Types_Merged_HoldBoth(string first, string second, string merged)
    {
        InferredType.Merge(InferredType.Scalar(first), InferredType.Scalar(second)).Hive.ShouldBe(merged);
        InferredType.Merge(InferredType.Scalar(second), InferredType.Scalar(first)).Hive.ShouldBe(merged);
    }

    [Fact]
    public void Sample_OfAGzipFile_IsUnpacked()
    {
        var file = Path.GetTempFileName();
        using (var gzip = new GZipStream(File.Create(file), CompressionMode.Compress))
            gzip.Write("a,b\n1,2\n"u8);

        var sample = FileSample.Read(file);

        (sample.Text, sample.Compression, sample.IsWhole).ShouldBe(("a,b\n1,2\n", "gzip", true));
        File.Delete(file);
    }

    [Fact]
    public void Sample_OfALongFile_IsItsBeginningWithoutACutRow()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "id,name\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},n{i}\n")));

        var sample = FileSample.Read(file);
        var schema = CsvInference.Read(sample)!;

        sample.IsWhole.ShouldBeFalse();
        Columns(schema).ShouldBe("id bigint, name string");
        sample.Estimate(schema.Records, new FileInfo(file).Length).ShouldBeInRange(180_000, 240_000);
        File.Delete(file);
    }

    private static FileSample Sample(string text) => new(Encoding.UTF8.GetBytes(text), true, "none");

    private static string Columns(FileSchema schema) => string.Join(", ", schema.Columns.Select(column => $"{column.Name} {column.Type.Hive}"));
}

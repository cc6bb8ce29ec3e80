using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl.Tests;

/// <summary>What holds for the clean SQL of every dataset.</summary>
public sealed class CleanSqlTests
{
    public static TheoryData<string, FileFormat> Datasets
    {
        get
        {
            var data = new TheoryData<string, FileFormat>();
            foreach (var dataset in DatasetCatalog.All)
            {
                foreach (var format in Enum.GetValues<FileFormat>())
                    data.Add(dataset.Name, format);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public void Sql_OnNothing_YieldsNothing_InTheColumnsOfTheTable(string name, FileFormat format)
    {
        var dataset = DatasetCatalog.Find(name);
        using var unit = new SqlUnit();
        unit.Create("existing", Tables.Clean(dataset));
        Increment(unit, dataset, format);

        unit.Run(CleanSql.For(dataset, format));

        var table = Tables.Clean(dataset);
        unit.Columns().ShouldBe([.. table.Columns.Select(column => column.Name), .. table.Partitions.Select(partition => partition.Column.Name).Where(column => column != "snapshot")]);
        unit.Query("SELECT count(*) FROM result").ShouldBe(["0"]);
        unit.Rejects().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("film_events", "partitions")]
    [InlineData("actor", "table")]
    [InlineData("play_logs", "partitions", "-- absent: skip")]
    public void Sql_SaysInItsHeader_WhatTheJobReadsAndWrites(string name, string write, params string[] more) =>
        CleanSql.For(DatasetCatalog.Find(name), FileFormat.Csv).Split('\n').TakeWhile(line => line.Length > 0).ShouldBe([
            $"-- target: ${{clean}}.{name}", $"-- write: {write}", $"-- increment: ${{landing}}.{name}", .. more, $"-- rejects: {name}"]);

    /// <summary>An empty increment in the columns of the landing table.</summary>
    internal static void Increment(SqlUnit unit, Dataset dataset, FileFormat format)
    {
        var landing = dataset.Source switch
        {
            DatabaseSource => Tables.Replicated(dataset, format),
            _ => Tables.Landing(dataset, new(2026, 1, 1)),
        };
        unit.Create("increment", landing with { Partitions = [] }, "_file VARCHAR");
    }
}

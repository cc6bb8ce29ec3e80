using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;

namespace PipelineStacks.Model.Tests.Etl;

public sealed class QualityRulesTests
{
    [Fact]
    public void Rules_OfEvents_AreTheKeyAndWhatTheDefinitionSays() => QualityRules.Dqdl(DatasetCatalog.Find("film_events")).ShouldBe(
        """
        Rules = [
            IsUnique "event_id",
            IsComplete "event_id",
            IsComplete "event_time",
            ColumnValues "event_type" in ["rent", "buy", "trailer"],
            ColumnValues "film_id" >= 1,
            ColumnValues "film_id" <= 1000
        ]
        """);

    [Fact]
    public void Rules_OfAKeyOfTwoColumns_AskForBothTogether() => QualityRules.Of(DatasetCatalog.Find("film_actor")).ShouldBe([
        "IsPrimaryKey \"actor_id\" \"film_id\"", "IsComplete \"actor_id\"", "IsComplete \"film_id\""]);

    [Fact]
    public void Rules_AreThereForEveryDataset_AndNameOnlyItsColumns()
    {
        foreach (var dataset in DatasetCatalog.All)
        {
            QualityRules.Of(dataset).ShouldNotBeEmpty();
            dataset.Quality.SelectMany(rule => rule.Columns).ShouldAllBe(name => dataset.Columns.Any(column => column.Name == name));
        }
    }

    [Fact]
    public void CuratedTables_AreThereWhereAllTheirPipelinesAre()
    {
        Of("sakila").ShouldBe(["film_category", "film_revenue"]);
        Of("film-events").ShouldBeEmpty();
        Of("film-events", "sakila").ShouldBe(["film_category", "streaming_films", "category_streams", "film_revenue"]);
        Of("play-logs").ShouldBe(["player_sessions"]);

        static IEnumerable<string> Of(params string[] pipelines) => CuratedCatalog.Of(pipelines).Select(table => table.Name);
    }
}

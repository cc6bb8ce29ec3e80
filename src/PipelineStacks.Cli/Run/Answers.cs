namespace PipelineStacks.Cli.Run;

/// <summary>The questions that a run asks at its end, so that its user sees SQL answers from the lake.</summary>
internal static class Answers
{
    public static IReadOnlyList<(string Question, string Sql)> To(string dataset) => dataset switch
    {
        "film_events" =>
        [
            ("What people did", "SELECT event_type, count(*) AS events FROM film_events GROUP BY event_type ORDER BY events DESC"),
            ("The most wanted films", "SELECT film_id, count(*) AS events, count_if(event_type = 'rent') AS rented FROM film_events GROUP BY film_id ORDER BY events DESC, film_id LIMIT 5"),
            ("On what", "SELECT platform, count(*) AS events, count(DISTINCT state) AS states FROM film_events GROUP BY platform ORDER BY events DESC"),
        ],
        _ => [($"The rows of {dataset}", $"SELECT count(*) AS row_count FROM {dataset}")],
    };
}

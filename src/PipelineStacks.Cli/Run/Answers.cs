namespace PipelineStacks.Cli.Run;

/// <summary>The questions that a run asks at its end, so that its user sees SQL answers from the lake.</summary>
internal static class Answers
{
    /// <summary>What the curated tables are asked, each only where its table is.</summary>
    public static IReadOnlyList<(string Table, string Question, string Sql)> OfTheLake { get; } =
    [
        ("category_streams", "The categories that are streamed most", "SELECT category, sum(streams) AS streams, max(films) AS films FROM category_streams GROUP BY category ORDER BY streams DESC, category LIMIT 5"),
        ("film_revenue", "What stores earn by month", "SELECT month, store_id, sum(rentals) AS rentals, sum(payments) AS payments, sum(revenue) AS revenue FROM film_revenue GROUP BY month, store_id ORDER BY month, store_id"),
        ("player_sessions", "Who plays most", "SELECT player, count(*) AS minutes, sum(events) AS events, sum(score) AS score, max(top_level) AS top_level FROM player_sessions GROUP BY player ORDER BY score DESC, player LIMIT 5"),
    ];

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

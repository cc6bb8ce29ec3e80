namespace PipelineStacks.Model.Datasets;

/// <summary>
/// What game servers log of their players and drop as files now and then. The servers are somebody else's: what a line holds is found out by a
/// crawler, and whatever of it is used here is cast by the clean job.
/// </summary>
internal static class PlayLogs
{
    private const string Sample =
        """
        {
          "log_id": "{{random.uuid}}",
          "played_at": "{{date.utc(YYYY-MM-DD HH:mm:ss)}}",
          "player": "player-{{random.number({"min": 1, "max": 200})}}",
          "game": "{{random.arrayElement(["asteroids", "pac-man", "space invaders", "tetris"])}}",
          "session": "session-{{random.number({"min": 1, "max": 2000})}}",
          "event": "{{random.weightedArrayElement({"weights": [0.05, 0.6, 0.25, 0.05, 0.05], "data": ["start", "move", "score", "death", "end"]})}}",
          "score": {{random.number({"min": 0, "max": 1000})}},
          "level": {{random.number({"min": 1, "max": 20})}}
        }
        """;

    public static Dataset Definition { get; } = new()
    {
        Name = "play_logs",
        Pipeline = "play-logs",
        Description = "Something that a player did in a game",
        Columns =
        [
            new("log_id", "string", "A UUID by which the line counts once"),
            new("played_at", "timestamp", "When it happened, in UTC"),
            new("player", "string", "Who played"),
            new("game", "string", "The game"),
            new("session", "string", "The session, from the game's start to its end"),
            new("event", "string", "start, move, score, death or end"),
            new("score", "int", "The points that were made"),
            new("level", "int", "The level that was reached"),
        ],
        Key = ["log_id"],
        Partition = new("play_date", Of: "played_at"),
        Source = new FileSource(Sample),
        Quality =
        [
            new Unique("log_id"),
            new NotNull("played_at"),
            new NotNull("player"),
            new OneOf("event", "start", "move", "score", "death", "end"),
            new InRange("score", 0, 1_000_000),
        ],
        Freshness = TimeSpan.FromHours(24),
    };
}

namespace PipelineStacks.Model.Settings;

/// <summary>The devices of an environment and the rules for what they publish.</summary>
public sealed record IotSettings
{
    /// <summary>
    /// Whether the environment switches on the logging of AWS IoT, which an account has once in a Region. Of several environments in one account
    /// one does so, and none where it was switched on before.
    /// </summary>
    /// <value>true by default.</value>
    public bool AccountLogging { get; init; } = true;

    /// <summary>What is logged of connections and rules. From <c>info</c> on that is every message, which costs more than the message itself.</summary>
    /// <value><c>error</c> by default.</value>
    public IotLogLevel LogLevel { get; init; } = IotLogLevel.Error;
}

/// <summary>What AWS IoT logs; each level with those before it.</summary>
public enum IotLogLevel
{
    /// <summary>What failed.</summary>
    Error,

    /// <summary>What may become a failure.</summary>
    Warn,

    /// <summary>What happened.</summary>
    Info,

    /// <summary>What helps to find a failure.</summary>
    Debug,
}

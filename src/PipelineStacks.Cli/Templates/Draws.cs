using Bogus;

namespace PipelineStacks.Cli.Templates;

/// <summary>Where the values of records come from: chance, the clock, and Bogus's dictionaries. Used by one thread at a time.</summary>
internal sealed class Draws(TimeProvider time, ulong seed)
{
    private Faker? _faker;

    public Xoshiro Random { get; } = new(seed);

    public TimeZoneInfo Zone => time.LocalTimeZone;

    /// <summary>The time that is simulated instead of lived through, if any: <c>date.simTime</c>.</summary>
    public DateTimeOffset? Simulated { get; set; }

    // Loading the dictionaries takes a moment that most templates need not spend.
    public Faker Faker => _faker ??= new Faker("en") { Random = new Randomizer((int)seed ^ (int)(seed >> 32)) };

    public DateTimeOffset UtcNow() => time.GetUtcNow();
}

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>How the chosen deserializer reads JSON.</summary>
/// <param name="Lenient">OpenX makes numbers, booleans and timestamps of text, and text of everything; Hive's does not.</param>
/// <param name="CaseInsensitive">Keys match columns whatever their case.</param>
/// <param name="DotsToUnderscores">The key <c>a.b</c> is the column <c>a_b</c>.</param>
/// <param name="KeyOfColumn">The keys of the columns whose key is not their name.</param>
/// <param name="Timestamps">The forms in which timestamps are read.</param>
internal sealed record JsonRules(
    bool Lenient, bool CaseInsensitive, bool DotsToUnderscores, IReadOnlyDictionary<string, string> KeyOfColumn, TimestampForms Timestamps);

[Flags]
internal enum TimestampForms
{
    /// <summary><c>2017-02-07 15:13:01.14</c>, as java.sql.Timestamp reads it.</summary>
    Sql = 1,

    /// <summary><c>2017-02-07T15:13:01.39256Z</c>; never with a numeric offset.</summary>
    Iso = 2,

    /// <summary>Seconds since 1970, with a fraction or without, or with 13 digits milliseconds.</summary>
    Epoch = 4,

    /// <summary>Milliseconds since 1970, however many digits.</summary>
    EpochMillis = 8,
}

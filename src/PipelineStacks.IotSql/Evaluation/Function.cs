using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>A function of the reference. With another number of arguments it is Undefined, which is what AWS makes of it.</summary>
internal sealed record Function(string Name, int Least, int Most, Func<MqttMessage, IReadOnlyList<SqlValue>, SqlValue> Apply)
{
    public const int Any = int.MaxValue;

    public bool Takes(int arguments) => arguments >= Least && arguments <= Most;
}

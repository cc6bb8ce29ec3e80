using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>An alarm's tags, and what it went through, newest last.</summary>
internal sealed record AlarmNotes(IReadOnlyList<Tag> Tags, IReadOnlyList<AlarmHistoryItem> History);

/// <summary>The alarms by name. A name belongs to one alarm, of either kind.</summary>
internal sealed class AlarmState(StateStore store)
{
    // CloudWatch keeps 30 days; an alarm that flaps must not grow without end.
    private const int HistoryKept = 500;
    private static readonly TimeSpan HistoryAge = TimeSpan.FromDays(30);

    private readonly StateCollection<AlarmNotes> _notes = store.Open<AlarmNotes>("cloudwatch", "alarm-notes");

    public StateCollection<MetricAlarm> Metric { get; } = store.Open<MetricAlarm>("cloudwatch", "metric-alarms");

    public StateCollection<CompositeAlarm> Composite { get; } = store.Open<CompositeAlarm>("cloudwatch", "composite-alarms");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public IAlarm? Find(ResourceKey key) =>
        Metric.TryGet(key, out var metric) ? metric : Composite.TryGet(key, out var composite) ? composite : null;

    public AlarmNotes NotesOf(ResourceKey key) => _notes.TryGet(key, out var notes) ? notes : new([], []);

    public void Note(ResourceKey key, AlarmHistoryItem item)
    {
        var notes = NotesOf(key);
        var kept = notes.History.Where(old => old.Timestamp > item.Timestamp - HistoryAge).TakeLast(HistoryKept - 1);
        _notes.Put(key, notes with { History = [.. kept, item] });
    }

    public void Tag(ResourceKey key, IEnumerable<Tag> tags, IReadOnlyCollection<string> gone)
    {
        var (notes, added) = (NotesOf(key), tags.ToList());
        _notes.Put(key, notes with { Tags = [.. notes.Tags.Where(tag => !gone.Contains(tag.Key) && !added.Exists(other => other.Key == tag.Key)), .. added] });
    }

    public bool Remove(ResourceKey key)
    {
        _notes.Remove(key);
        return Metric.Remove(key) | Composite.Remove(key);
    }
}

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>One metric's minutes. Values usually belong to the newest minute, which is therefore at hand.</summary>
internal sealed class MetricSeries
{
    private readonly Lock _lock = new();
    private readonly SortedList<long, Statistics> _minutes = [];
    private Dictionary<long, Statistics> _unsaved = [];
    private long _minute = long.MinValue;
    private Statistics _current;
    private bool _forgotten;

    /// <param name="minute">Minutes since 1970.</param>
    /// <returns>False where the series has been forgotten.</returns>
    public bool Add(long minute, Statistics values)
    {
        lock (_lock)
        {
            if (_forgotten)
                return false;
            if (minute != _minute)
            {
                Settle();
                _minute = minute;
            }

            _current += values;
            return true;
        }
    }

    /// <summary>Adds what is already saved.</summary>
    public void Load(long minute, Statistics values)
    {
        lock (_lock)
            _minutes[minute] = _minutes.GetValueOrDefault(minute) + values;
    }

    /// <summary>What came in since the last time, to be saved: differences, which add up when they are read back.</summary>
    public IReadOnlyCollection<KeyValuePair<long, Statistics>> TakeUnsaved()
    {
        lock (_lock)
        {
            Settle();
            if (_unsaved.Count == 0)
                return [];
            var taken = _unsaved;
            _unsaved = [];
            return taken;
        }
    }

    /// <summary>The minutes from <paramref name="from"/> on and before <paramref name="until"/>.</summary>
    public IReadOnlyList<KeyValuePair<long, Statistics>> Between(long from, long until)
    {
        lock (_lock)
        {
            Settle();
            var found = new List<KeyValuePair<long, Statistics>>();
            for (var i = IndexOf(from); i < _minutes.Count && _minutes.GetKeyAtIndex(i) < until; i++)
                found.Add(new(_minutes.GetKeyAtIndex(i), _minutes.GetValueAtIndex(i)));
            return found;
        }
    }

    /// <returns>Whether nothing is left: the series then takes no more.</returns>
    public bool Forget(long before)
    {
        lock (_lock)
        {
            Settle();
            for (var count = IndexOf(before); count > 0; count--)
                _minutes.RemoveAt(count - 1);
            return _forgotten = _minutes.Count == 0 && _unsaved.Count == 0;
        }
    }

    private void Settle()
    {
        if (_current.Count == 0)
            return;
        _minutes[_minute] = _minutes.GetValueOrDefault(_minute) + _current;
        _unsaved[_minute] = _unsaved.GetValueOrDefault(_minute) + _current;
        _current = default;
    }

    // The first index whose minute is not before the one asked for.
    private int IndexOf(long minute)
    {
        var (low, high) = (0, _minutes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_minutes.GetKeyAtIndex(middle) < minute)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

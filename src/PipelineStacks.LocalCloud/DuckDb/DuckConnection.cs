using System.Text;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>A connection to a <see cref="DuckDatabase"/>.</summary>
internal sealed unsafe class DuckConnection : IDisposable
{
    internal DuckConnection(ConnectionHandle handle) => Handle = handle;

    internal ConnectionHandle Handle { get; }

    /// <summary>Runs statements, separated by semicolons, to their end.</summary>
    /// <returns>How many rows the last one changed or wrote.</returns>
    /// <exception cref="DuckException">A statement failed; those before it have been run.</exception>
    public long Execute(string sql)
    {
        Native.ResultData result = default;
        try
        {
            if (Native.Query(Handle, sql, &result) != Native.Success)
                throw new DuckException(Native.Text(Native.ResultError(&result)) ?? "DuckDB failed without a message.");
            return (long)Native.RowsChanged(&result);
        }
        finally
        {
            Native.DestroyResult(&result);
        }
    }

    /// <summary>Runs one statement and streams its rows: DuckDB works on as they are read. One result at a time is open.</summary>
    /// <param name="parameters">The values of <c>?</c> or <c>$1</c>: null, bool, int, long, double, decimal, string, DateOnly, DateTime (UTC), byte[].</param>
    public DuckResult Query(string sql, params ReadOnlySpan<object?> parameters)
    {
        if (Native.Prepare(Handle, sql, out var statement) != Native.Success)
        {
            using (statement)
                throw new DuckException(Native.Text(Native.PrepareError(statement)) ?? "DuckDB could not prepare the statement.");
        }

        try
        {
            for (var i = 0; i < parameters.Length; i++)
                Bind(statement, (ulong)i + 1, parameters[i]);
            return DuckResult.Execute(statement);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    /// <summary>The first row's first value; null where there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var result = Query(sql, parameters);
        return result.Read() ? result.GetValue(0) : null;
    }

    /// <summary>Makes the running statement fail, from another thread.</summary>
    public void Interrupt() => Native.Interrupt(Handle);

    public void Dispose() => Handle.Dispose();

    private static void Bind(PreparedHandle statement, ulong index, object? value)
    {
        var state = value switch
        {
            null => Native.BindNull(statement, index),
            bool flag => Native.BindBoolean(statement, index, flag ? (byte)1 : (byte)0),
            int number => Native.BindInt32(statement, index, number),
            long number => Native.BindInt64(statement, index, number),
            double number => Native.BindDouble(statement, index, number),
            string text => BindText(statement, index, text),
            decimal number => BindText(statement, index, number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            DateOnly date => Native.BindDate(statement, index, date.DayNumber - Epoch.Day),
            DateTime time => Native.BindTimestamp(statement, index, (time.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond),
            byte[] bytes => BindBlob(statement, index, bytes),
            _ => throw new ArgumentException($"A parameter of type {value.GetType().Name} can't be bound."),
        };
        if (state != Native.Success)
            throw new DuckException($"Parameter {index} could not be bound: {Native.Text(Native.PrepareError(statement)) ?? "the statement has none such"}.");
    }

    private static int BindText(PreparedHandle statement, ulong index, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* pointer = bytes)
            return Native.BindText(statement, index, pointer, (ulong)bytes.Length);
    }

    private static int BindBlob(PreparedHandle statement, ulong index, byte[] bytes)
    {
        fixed (byte* pointer = bytes)
            return Native.BindBlob(statement, index, pointer, (ulong)bytes.Length);
    }
}

using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Logical types from DuckDB and to it.</summary>
internal static unsafe class LogicalTypes
{
    /// <summary>Reads the whole type and frees DuckDB's.</summary>
    public static DuckType Take(LogicalTypeHandle handle)
    {
        using (handle)
        {
            var id = Native.GetTypeId(handle);
            return id switch
            {
                DuckTypeId.Decimal => DuckType.Decimal(Native.DecimalWidth(handle), Native.DecimalScale(handle)),
                DuckTypeId.List => DuckType.List(Take(Native.ListChild(handle))),
                DuckTypeId.Array => new(id, (int)Native.ArraySize(handle)) { Fields = [new("", Take(Native.ArrayChild(handle)))] },
                DuckTypeId.Map => DuckType.Map(Take(Native.MapKey(handle)), Take(Native.MapValue(handle))),
                DuckTypeId.Struct => DuckType.Struct(StructFields(handle)),
                DuckTypeId.Enum => new(id)
                {
                    Labels = [.. Enumerable.Range(0, (int)Native.EnumSize(handle)).Select(index => Native.TakeText(Native.EnumValue(handle, (ulong)index)))],
                },
                _ => new(id),
            };
        }
    }

    public static LogicalTypeHandle Make(DuckType type)
    {
        switch (type.Id)
        {
            case DuckTypeId.Decimal:
                return Native.CreateDecimalType((byte)type.Width, (byte)type.Scale);
            case DuckTypeId.List:
                using (var element = Make(type.Fields[0].Type))
                    return Native.CreateListType(element);
            case DuckTypeId.Map:
                using (var key = Make(type.Fields[0].Type))
                using (var value = Make(type.Fields[1].Type))
                    return Native.CreateMapType(key, value);
            case DuckTypeId.Struct:
                return MakeStruct(type);
            case DuckTypeId.Array or DuckTypeId.Enum or DuckTypeId.Union:
                throw new DuckException($"Making the type {type} is not supported.");
            default:
                return Native.CreateLogicalType(type.Id);
        }
    }

    private static DuckField[] StructFields(LogicalTypeHandle handle)
    {
        var fields = new DuckField[Native.StructSize(handle)];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = new(Native.TakeText(Native.StructName(handle, (ulong)i)), Take(Native.StructChild(handle, (ulong)i)));
        return fields;
    }

    private static LogicalTypeHandle MakeStruct(DuckType type)
    {
        var children = type.Fields.Select(field => Make(field.Type)).ToArray();
        var names = type.Fields.Select(field => Marshal.StringToCoTaskMemUTF8(field.Name)).ToArray();
        try
        {
            var types = children.Select(child => child.Pointer).ToArray();
            fixed (nint* typePointers = types)
            fixed (nint* namePointers = names)
                return Native.CreateStructType(typePointers, namePointers, (ulong)types.Length);
        }
        finally
        {
            foreach (var child in children)
                child.Dispose();
            foreach (var name in names)
                Marshal.FreeCoTaskMem(name);
        }
    }
}

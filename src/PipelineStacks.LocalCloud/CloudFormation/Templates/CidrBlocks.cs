using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary><c>Fn::Cidr</c>: the first so many blocks of a size within a block.</summary>
internal static class CidrBlocks
{
    public static JsonArray Split(string block, int count, int hostBits)
    {
        if (!IPNetwork.TryParse(block, out var network) || network.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork)
            throw TemplateErrors.Template($"{block} in Fn::Cidr is not an IPv4 block (blocks of IPv6 are not supported by the local cloud).");
        var available = 32 - network.PrefixLength - hostBits;
        if (hostBits is < 1 or > 31 || available < 0 || count is < 1 or > 256 || count > 1L << available)
            throw TemplateErrors.Template($"Fn::Cidr can't make {count} blocks with {hostBits} subnet bits out of {block}");
        var first = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        return new JsonArray([.. Enumerable.Range(0, count).Select(i => JsonValue.Create($"{Address(first + ((uint)i << hostBits))}/{32 - hostBits}"))]);
    }

    private static IPAddress Address(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new IPAddress(bytes);
    }
}

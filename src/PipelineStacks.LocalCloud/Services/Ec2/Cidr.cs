using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PipelineStacks.LocalCloud.Services.Ec2;

/// <summary>A block of IPv4 addresses.</summary>
internal readonly record struct Cidr(uint First, int Prefix)
{
    public long Addresses => 1L << (32 - Prefix);

    /// <summary>Null for what is no block. Bits beyond the prefix are cut off, as EC2 does.</summary>
    public static Cidr? Parse(string text)
    {
        if (text.Split('/') is not [var address, var prefix]
            || !IPAddress.TryParse(address, out var ip) || ip.AddressFamily != AddressFamily.InterNetwork || ip.ToString() != address
            || !int.TryParse(prefix, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > 32)
            return null;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(ip.GetAddressBytes());
        return new(bits == 0 ? 0 : number & (uint.MaxValue << (32 - bits)), bits);
    }

    public bool Contains(Cidr other) => First <= other.First && other.First + other.Addresses <= First + Addresses;

    public bool Overlaps(Cidr other) => First < other.First + other.Addresses && other.First < First + Addresses;

    public override string ToString() =>
        $"{First >> 24}.{(First >> 16) & 255}.{(First >> 8) & 255}.{First & 255}/{Prefix.ToString(CultureInfo.InvariantCulture)}";
}

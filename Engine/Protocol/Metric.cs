namespace GossipSim.Engine.Protocol;

/// <summary>
/// A figure that nodes of an own protocol report as it changes. One object for the whole protocol, so that reporting
/// allocates nothing; the value travels as the bits of the event's number.
/// </summary>
/// <param name="Name">camelCase, unique in its protocol: part of paths in the summary and of file names.</param>
/// <param name="Label">What it is, with the unit, for axes.</param>
public sealed record Metric(string Name, string Label)
{
    /// <summary>The event that says: from now on this node's value is that.</summary>
    /// <param name="about">With whom the node came to it, where that matters to an invariant.</param>
    public ProtocolEvent Is(double value, NodeAddress about = default) =>
        new(EventKind.Measured, about, BitConverter.DoubleToInt64Bits(value), this);

    /// <summary>The value that an event made by <see cref="Is"/> tells.</summary>
    public static double ValueOf(in ProtocolEvent measured) => BitConverter.Int64BitsToDouble(measured.Number);
}

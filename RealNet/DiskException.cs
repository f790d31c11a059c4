namespace GossipSim.RealNet;

/// <summary>
/// A node's disk cannot be used: it is damaged, in use, or another node's. The message says what to do.
/// </summary>
public sealed class DiskException(string message) : IOException(message);

namespace GossipSim.RealNet.Security;

/// <summary>A file of keys is missing, cannot be read or written, or is not what it should be.</summary>
/// <param name="IsMistake">Whether the files are wrong in themselves, and not the machine they are on.</param>
public sealed class KeyFileException(string message, bool isMistake = true, Exception? cause = null)
    : Exception(message, cause)
{
    public bool IsMistake => isMistake;
}

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// The single file that a command writes. What is in it already may be the only copy of somebody's work, so only what
/// the program itself wrote there is replaced: as with keys and seed lists.
/// </summary>
internal static class OutputFile
{
    /// <param name="path">Full path.</param>
    /// <param name="place">What named it.</param>
    /// <exception cref="UsageException">There is a file with something in it.</exception>
    public static void RequireNew(string path, string place = "--output")
    {
        // Nothing is lost of an empty file, and a device or a pipe says that it is one.
        if (new FileInfo(path) is { Exists: true, Length: > 0 })
            throw new UsageException(
                $"{place}: \"{path}\" is there already, and is not overwritten; name another file, or delete that");
    }
}

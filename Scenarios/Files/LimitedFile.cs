namespace GossipSim.Scenarios.Files;

/// <summary>Reads whole files that are small by nature; a device or a pipe may never end, and has no length to ask for.
/// </summary>
internal static class LimitedFile
{
    /// <summary>The file's bytes, or null if there are more than allowed.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read it.</exception>
    public static byte[]? Read(string file, int mostBytes)
    {
        using FileStream stream = File.OpenRead(file);
        if (stream.CanSeek && stream.Length > mostBytes)
            return null;
        var bytes = new MemoryStream();
        var block = new byte[64 * 1024];
        for (int count; (count = stream.Read(block)) > 0;)
        {
            if (bytes.Length + count > mostBytes)
                return null;
            bytes.Write(block, 0, count);
        }

        return bytes.ToArray();
    }
}

using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Results;

/// <summary>The event log of a run that somebody named: what is wrong with it is told as what they gave.</summary>
internal static class StoredLog
{
    /// <exception cref="UsageException">The file cannot be read, or is no whole log.</exception>
    public static T Read<T>(string path, Func<EventLogReader, T> read) => Read(path, () =>
    {
        using var file = File.OpenRead(path);
        using var log = new EventLogReader(file, Path.GetFileName(path));
        return read(log);
    });

    /// <summary>For who reads it bit by bit; what is wrong within it is the reader's affair.</summary>
    /// <exception cref="UsageException">The file cannot be opened.</exception>
    public static FileStream Open(string path) => Read(path, () => File.OpenRead(path));

    /// <param name="path">Of the log that is read, as it is told where it cannot be.</param>
    /// <exception cref="UsageException">As above.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EventLogException broken)
        {
            throw new UsageException(broken.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {path}: {wrong.Message}");
        }
    }
}

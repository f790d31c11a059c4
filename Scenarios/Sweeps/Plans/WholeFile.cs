using System.Text;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// Files that others see either whole or not at all: written under a name of their own, then renamed. Whoever is killed
/// in between leaves a name that nobody reads.
/// </summary>
internal static class WholeFile
{
    public static void Write(string file, string text)
    {
        var draft = $"{file}.{Guid.NewGuid():N}.part";
        using (var stream = new FileStream(draft, FileMode.CreateNew))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Stores;

/// <summary>
/// A file that is only appended to: one record a line, a checksum in front of it. A torn line at the end is what a
/// crash leaves and is cut off; a broken line before the end is damage, and is an error.
/// </summary>
internal sealed class FileStore(string path) : INodeStore
{
    private const int ChecksumDigits = 16;

    private readonly ArrayBufferWriter<byte> unflushed = new();
    private FileStream? file;

    /// <exception cref="InvalidDataException">A line before the last one is damaged.</exception>
    public IReadOnlyList<StableRecord> Open()
    {
        Close();
        var records = LatestByKey.Of(File.Exists(path) ? ReadAll() : []);
        Rewrite(records);
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return records;
    }

    public void Append(StableRecord record) => unflushed.Write(LineOf(record));

    public async ValueTask FlushAsync()
    {
        if (file is null || unflushed.WrittenCount == 0) return;
        await file.WriteAsync(unflushed.WrittenMemory);
        unflushed.ResetWrittenCount();
        file.Flush(flushToDisk: true);
    }

    public void Crash()
    {
        unflushed.ResetWrittenCount();
        Close();
    }

    public void Dispose() => Close();

    public void Tear()
    {
        Close();
        var half = LineOf(new StoreRecord(StoreId: 0));
        using var torn = new FileStream(path, FileMode.Append);
        torn.Write(half.AsSpan(0, half.Length / 2));
    }

    public void Erase()
    {
        Close();
        File.Delete(path);
    }

    private void Close()
    {
        file?.Dispose();
        file = null;
    }

    private static byte[] LineOf(StableRecord record)
    {
        var json = JsonSerializer.Serialize(record, WireJson.Options.GetTypeInfo(record.GetType()));
        return Encoding.UTF8.GetBytes($"{ChecksumOf(json)} {json}\n");
    }

    private static string ChecksumOf(string json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..ChecksumDigits];

    private List<StableRecord> ReadAll()
    {
        var records = new List<StableRecord>();
        var lines = File.ReadAllText(path).Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var record = Read(lines[index]);
            if (record is not null) records.Add(record);
            else if (index < lines.Length - 1)
                throw new InvalidDataException($"{path}, line {index + 1}: damaged record");
        }

        return records;
    }

    private static StableRecord? Read(string line)
    {
        if (line.Length <= ChecksumDigits || line[ChecksumDigits] != ' ') return null;
        var json = line[(ChecksumDigits + 1)..];
        if (ChecksumOf(json) != line[..ChecksumDigits]) return null;
        using var document = JsonDocument.Parse(json);
        return RecordTypes.Read(document.RootElement.GetProperty(WireJson.TypeField).GetString()!, json);
    }

    // Through a second file, so that a crash meanwhile leaves either the old or the new.
    private void Rewrite(List<StableRecord> records)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        var next = path + ".next";
        using (var stream = new FileStream(next, FileMode.Create))
        {
            foreach (var record in records) stream.Write(LineOf(record));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}

import { describe, expect, test } from "vitest";
import { timestamp } from "../src/timestamp.ts";

/** The moment, with six digits of a fraction and Z, as it is not written anew where Postgres reads it as it came. */
const read = (value: string | number) =>
  timestamp(value, "/body/start_time").replace(
    /(?:\.(\d+))?(?:Z|\+00:00)$/,
    (_, fraction = "") => `.${fraction.padEnd(6, "0")}Z`,
  );

describe("timestamp", () => {
  test.each([
    // ISO 8601, with any of the separators and spellings of the offset
    ["2024-01-02T03:04:05Z", "2024-01-02T03:04:05.000000Z"],
    ["2024-01-02t03:04:05z", "2024-01-02T03:04:05.000000Z"],
    ["2024-01-02 03:04:05+00:00", "2024-01-02T03:04:05.000000Z"],
    ["2024-01-02_03:04:05-00:00", "2024-01-02T03:04:05.000000Z"],
    ["2024-01-02T03:04:05+05:30", "2024-01-01T21:34:05.000000Z"],
    ["2024-01-02T03:04:05-0800", "2024-01-02T11:04:05.000000Z"],
    ["2024-01-02T03:04:05+23:59", "2024-01-01T03:05:05.000000Z"],
    // no offset means UTC; seconds and the whole time may be left out
    ["2024-01-02T03:04:05", "2024-01-02T03:04:05.000000Z"],
    ["2024-01-02T03:04", "2024-01-02T03:04:00.000000Z"],
    ["2024-01-02T03:04Z", "2024-01-02T03:04:00.000000Z"],
    ["2024-01-02", "2024-01-02T00:00:00.000000Z"],
    // microseconds are kept, what is below them is dropped
    ["2024-01-02T03:04:05.1Z", "2024-01-02T03:04:05.100000Z"],
    ["2024-01-02T03:04:05.001500Z", "2024-01-02T03:04:05.001500Z"],
    ["2024-01-02T03:04:05.123456Z", "2024-01-02T03:04:05.123456Z"],
    ["2024-01-02T03:04:05.9999999Z", "2024-01-02T03:04:05.999999Z"],
    ["2024-01-02T03:04:05.000000999+01:00", "2024-01-02T02:04:05.000000Z"],
    ["2024-01-02T03:04:05.12+00:00", "2024-01-02T03:04:05.120000Z"],
    // every day that there is
    ["2024-02-29", "2024-02-29T00:00:00.000000Z"],
    ["2000-02-29", "2000-02-29T00:00:00.000000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"],
    ["0099-12-31", "0099-12-31T00:00:00.000000Z"],
    ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"],
    // unix times in seconds
    [0, "1970-01-01T00:00:00.000000Z"],
    ["0", "1970-01-01T00:00:00.000000Z"],
    [1_704_164_645, "2024-01-02T03:04:05.000000Z"],
    ["1704164645", "2024-01-02T03:04:05.000000Z"],
    [1_704_164_645.25, "2024-01-02T03:04:05.250000Z"],
    ["1704164645.123456", "2024-01-02T03:04:05.123456Z"],
    [-1, "1969-12-31T23:59:59.000000Z"],
    [-0.000001, "1969-12-31T23:59:59.999999Z"],
    ["20240101", "1970-08-23T06:15:01.000000Z"],
    [2e10, "2603-10-11T11:33:20.000000Z"],
    // and in milliseconds, beyond 2e10 either way
    [20_000_000_001, "1970-08-20T11:33:20.001000Z"],
    [1_704_164_645_123, "2024-01-02T03:04:05.123000Z"],
    ["1704164645123.5", "2024-01-02T03:04:05.123500Z"],
    [-20_000_000_001, "1969-05-14T12:26:39.999000Z"],
    [-62_135_596_800_000, "0001-01-01T00:00:00.000000Z"],
  ])("%j is %s", (value, moment) => {
    expect(read(value)).toBe(moment);
  });

  test.each([
    "",
    " ",
    "now",
    "2024-01",
    "2024-1-2",
    "24-01-02",
    "12024-01-01",
    "-2024-01-01",
    "20240101T030405Z",
    "2024-01-02T",
    "2024-01-02T03",
    "2024-01-02T00Z",
    "2024-01-02T030405Z",
    "2024-01-02Z",
    "2024-01-02T03:04:05.Z",
    "2024-01-02T03:04:05+",
    "2024-01-02T03:04:05+5:30",
    "2024-01-02T03:04:05+24:00",
    "2024-01-02T03:04:05+00:60",
    "2024-01-02T03:04:05 UTC",
    "2024-01-02T24:00",
    "2024-01-02T23:60",
    "2024-01-02T23:59:60Z",
    "2024-00-01",
    "2024-13-01",
    "2024-01-00",
    "2024-02-30",
    "2023-02-29",
    "1900-02-29",
    "2024-04-31",
    "2024-01-02T03:04:05Z\n2024",
    "٢٠٢٤-٠١-٠٢",
    // before the year 1 and after 9999, where Postgres and Python end
    "0000-12-31",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    -62_135_596_800_001,
    253_402_300_800_000,
    1e300,
    "99999999999999999999999999",
    "0x10",
    "Infinity",
  ])("%j is refused", (value) => {
    expect(() => timestamp(value, "/body/start_time")).toThrow("/body/start_time must be a timestamp");
  });

  test("infinity, which is how a number like 1e400 arrives, is refused", () => {
    expect(() => timestamp(Number.POSITIVE_INFINITY, "/body/start_time")).toThrow("must be a timestamp");
  });

  test("the usual spelling is read as any other", () => {
    const two = (number: number) => String(number).padStart(2, "0");
    const readOr = (text: string) => {
      try {
        return read(text);
      } catch {
        return "refused";
      }
    };
    for (const year of ["0000", "1900", "2000", "2023", "2024"])
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++)
          for (const time of ["00:00:00", "23:59:59.25", "24:00:00", "00:60:00", "00:00:60"]) {
            const moment = `${year}-${two(month)}-${two(day)}T${time}`;
            const unusual = readOr(`${moment}-00:00`);
            expect([moment, readOr(`${moment}Z`), readOr(`${moment}+00:00`)]).toEqual([moment, unusual, unusual]);
          }
  });

  test("what refuses it is a 422 that names the field", () => {
    expect(() => timestamp("never", "/body/end_time")).toThrow(
      expect.objectContaining({ status: 422, errors: [expect.objectContaining({ pointer: "/body/end_time" })] }),
    );
  });
});
